/** When the mail of the day is written, in the marketplace's time zone. */
const DIGEST_HOUR = 8;

/** The day in a time zone, `2026-11-22`, whose digest is due; undefined before eight in the morning. */
export function digestDay(now: Date, timeZone: string): string | undefined {
  const format = {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  } as const;
  const parts = new Intl.DateTimeFormat('en', format).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return Number(part('hour')) < DIGEST_HOUR ? undefined : `${part('year')}-${part('month')}-${part('day')}`;
}
