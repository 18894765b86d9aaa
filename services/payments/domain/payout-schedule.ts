/** How often money is sent by itself. `weekday`: 1 is Monday, 7 Sunday (ISO 8601); of a weekly schedule only. */
export type PayoutSchedule =
  | { readonly cadence: 'manual' | 'daily' | 'monthly' }
  | { readonly cadence: 'weekly'; readonly weekday: number };

/** The hour of the day, where the marketplace is, at which scheduled payouts leave. */
export const PAYOUT_HOUR = 6;

const DAY_MS = 86_400_000;

/** The next time after `now` at which a schedule is due: of the day, the weekday, or the month's first; null when never. */
export function nextPayoutTime(schedule: PayoutSchedule, timeZone: string, now: Date): Date | null {
  if (schedule.cadence === 'manual') return null;
  const today = Date.parse(`${localTime(timeZone, now.getTime()).slice(0, 10)}T00:00:00Z`);
  // A month and a day hold every day that can be meant.
  for (let days = 0; days <= 32; days++) {
    const day = new Date(today + days * DAY_MS);
    const time = momentOf(day, timeZone);
    if (isDay(schedule, day) && time.getTime() > now.getTime()) return time;
  }
  return null;
}

function isDay(schedule: PayoutSchedule, day: Date): boolean {
  switch (schedule.cadence) {
    case 'daily':
      return true;
    case 'weekly':
      return (day.getUTCDay() || 7) === schedule.weekday;
    case 'monthly':
      return day.getUTCDate() === 1;
    case 'manual':
      return false;
    default:
      return schedule satisfies never;
  }
}

/** The moment of a calendar day's payouts. The offset is looked up twice, for clocks that change in between. */
function momentOf(day: Date, timeZone: string): Date {
  const local = day.getTime() + PAYOUT_HOUR * 3_600_000;
  const guess = local - offsetAt(timeZone, local);
  return new Date(local - offsetAt(timeZone, guess));
}

function offsetAt(timeZone: string, ms: number): number {
  return Date.parse(`${localTime(timeZone, ms).replace(' ', 'T')}Z`) - Math.floor(ms / 1000) * 1000;
}

/** As `2026-11-21 06:00:00`: Sweden writes dates as ISO 8601 does. */
function localTime(timeZone: string, ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(ms);
}
