/** Days from the first to the last, both included, as `2026-11-30`. */
export type Period = { readonly from: string; readonly to: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** The period an address asks for; without a usable one, this month until today where the marketplace is. */
export function periodOf(query: { from?: string; to?: string }, timeZone: string, now: Date): Period {
  const today = dayIn(timeZone, now);
  const from = isDay(query.from) ? query.from : `${today.slice(0, 8)}01`;
  const to = isDay(query.to) ? query.to : today;
  return from <= to ? { from, to } : { from: to, to: from };
}

/** When a period begins, and the first moment behind it. */
export function timesOf({ from, to }: Period, timeZone: string): { fromTime: string; toTime: string } {
  return { fromTime: beginOf(from, timeZone).toISOString(), toTime: beginOf(nextDay(to), timeZone).toISOString() };
}

/** The moment a day begins in a time zone. */
export function beginOf(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // The offset is that of the moment itself, which a change of the clocks may lie between: so it is looked up twice.
  const guess = midnight - offsetAt(timeZone, midnight);
  return new Date(midnight - offsetAt(timeZone, guess));
}

/** The last second of a day in a time zone. */
export function endOf(day: string, timeZone: string): Date {
  return new Date(beginOf(nextDay(day), timeZone).getTime() - 1000);
}

/** The day after. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** Whether it is a day of the calendar. */
export function isDay(text: string | undefined): text is string {
  if (text === undefined || !DAY.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The day it is somewhere. */
export function dayIn(timeZone: string, moment: Date): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment);
}

/** How far clocks there are ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, ms: number): number {
  const options = { timeZone, dateStyle: 'short', timeStyle: 'medium' } as const;
  const local = new Intl.DateTimeFormat('sv-SE', options).format(ms);
  return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(ms / 1000) * 1000;
}

/** The month an address asks for; without a usable one, this month where the marketplace is. */
export function monthOf(asked: string | undefined | null, timeZone: string, now: Date): string {
  return asked != null && /^20\d\d-(0[1-9]|1[0-2])$/.test(asked) ? asked : dayIn(timeZone, now).slice(0, 7);
}
