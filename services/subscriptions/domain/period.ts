import type { PlanInterval } from '@plaza/kernel/marketplace';

export type Period = { readonly start: Date; readonly end: Date };

/**
 * The n-th period from an anchor: its begin and end keep the anchor's day and hour on the clocks of `timeZone`. A month
 * that lacks the day ends on its last one, and the next has it again (31 January, 28 February, 31 March), because every
 * boundary is computed from the anchor and never from the boundary before. As Stripe's billing cycle anchor does it:
 * https://docs.stripe.com/billing/subscriptions/billing-cycle
 */
export function periodOf(anchor: Date, interval: PlanInterval, index: number, timeZone: string): Period {
  return {
    start: boundary(anchor, interval, index, timeZone),
    end: boundary(anchor, interval, index + 1, timeZone),
  };
}

/** How late a period may be found over for the next one to begin where it ended. */
const LATE_DAYS = 3;

/** What a period is counted from: the `index`-th from `anchor`. */
export type Counted = { readonly anchor: Date; readonly index: number };

/**
 * From what the period after one that is over is counted. Later than a few days it begins when that is found, for then
 * nobody was served meanwhile: the server was away, a bank's claim let the plan rest, or a clock went wrong. So time that
 * is gone is not billed, and a clock that jumps ahead by a year charges once and not twelve times.
 */
export function countedAfter(over: Counted & { readonly end: Date; readonly isLast: boolean }, now: Date): Counted {
  if (now > daysAfter(over.end, LATE_DAYS)) return { anchor: now, index: 0 };
  return over.isLast ? { anchor: over.end, index: 0 } : { anchor: over.anchor, index: over.index + 1 };
}

/** Whole days later by the clock of the world, for trials and deadlines. */
export function daysAfter(time: Date, days: number): Date {
  return new Date(time.getTime() + days * 86_400_000);
}

/** A month of the calendar, e.g. `2026-11`, by the clocks of a zone; left out: the one that runs. */
export function monthOf(now: Date, timeZone: string, month?: string): Period & { readonly month: string } {
  const name = month ?? localTime(now, timeZone).toISOString().slice(0, 7);
  const first = new Date(`${name}-01T00:00:00.000Z`);
  const next = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1));
  return { month: name, start: fromLocal(first, timeZone), end: fromLocal(next, timeZone) };
}

/** The year of a time by the clocks of a zone: invoices are numbered by it. */
export function yearOf(time: Date, timeZone: string): number {
  return localTime(time, timeZone).getUTCFullYear();
}

function boundary(anchor: Date, interval: PlanInterval, count: number, timeZone: string): Date {
  if (count === 0) return anchor;
  const local = localTime(anchor, timeZone);
  const months = local.getUTCMonth() + count * (interval === 'year' ? 12 : 1);
  const lastDay = new Date(Date.UTC(local.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const wanted = new Date(local);
  wanted.setUTCFullYear(local.getUTCFullYear(), months, Math.min(local.getUTCDate(), lastDay));
  return fromLocal(wanted, timeZone);
}

/** What the clocks of a zone show, as if it were UTC. */
function localTime(time: Date, timeZone: string): Date {
  const parts = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute, second } = parts as Record<string, number>;
  return new Date(
    Date.UTC(year as number, (month as number) - 1, day, hour, minute, second, time.getUTCMilliseconds()),
  );
}

/**
 * When the clocks of a zone show this. An hour that does not exist (clocks put forward) is taken as the one after it;
 * one that comes twice (put back), as its first.
 */
function fromLocal(local: Date, timeZone: string): Date {
  const offsetAt = (time: Date) => localTime(time, timeZone).getTime() - time.getTime();
  const dayMs = 86_400_000;
  const offsets = [offsetAt(new Date(local.getTime() - dayMs)), offsetAt(new Date(local.getTime() + dayMs))];
  const candidates = offsets.map((offset) => new Date(local.getTime() - offset));
  const exact = candidates.find((time) => localTime(time, timeZone).getTime() === local.getTime());
  return exact ?? (candidates[0] as Date);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const number = '2-digit';
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
  });
  formatters.set(timeZone, formatter);
  return formatter;
}
