/** When the mail of the day is written, in the marketplace's time zone. */
const DIGEST_HOUR = 8;

/** A day's digest: the day where the marketplace is, `2026-11-22`, and the moment it is eight in the morning there. */
export type Digest = { readonly day: string; readonly dueTime: Date };

/** The digest of the day in a time zone; undefined before it is due. */
export function digestOf(now: Date, timeZone: string): Digest | undefined {
  const format = {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const;
  const parts = new Intl.DateTimeFormat('en', format).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  const since = ((Number(part('hour')) - DIGEST_HOUR) * 60 + Number(part('minute'))) * 60 + Number(part('second'));
  if (since < 0) return undefined;
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    dueTime: new Date(Math.floor(now.getTime() / 1000 - since) * 1000),
  };
}
