import { type Currency, currencyExponent } from './money.ts';

/** The digits of a number that somebody wrote, without what stood between them. */
export type WrittenNumber = { readonly whole: string; readonly decimals: string };

/** One sign before three digits, where it may divide thousands as well as decimals: `1,234`, `1.234`. */
const AMBIGUOUS = /^[1-9]\d{0,2}[.,]\d{3}$/;
const WRITTEN =
  /^(?<whole>\d+|[1-9]\d{0,2}(?<between>[.,\s])\d{3}(?:\k<between>\d{3})*)(?:(?<point>[.,])(?<decimals>\d+))?$/;

/**
 * A number as people and spreadsheets write it, where it can be read in one way only: `45,00` and `1.234,50` as well as
 * `45.00` and `1,234.50`. What could be a thousand or a few is `ambiguous`; what is no number, undefined.
 */
export function writtenNumber(text: string): WrittenNumber | 'ambiguous' | undefined {
  const trimmed = text.trim();
  if (AMBIGUOUS.test(trimmed)) return 'ambiguous';
  const { whole, between, point, decimals = '' } = WRITTEN.exec(trimmed)?.groups ?? {};
  return whole === undefined || (point !== undefined && point === between)
    ? undefined
    : { whole: whole.replace(/\D/g, ''), decimals };
}

/**
 * An amount as people and spreadsheets write it, in minor units. The currency settles what would be ambiguous: yen have no
 * decimals, dinars have three, after a point. Undefined when it is none, or has more decimals than can be paid.
 */
export function writtenAmount(text: string, currency: Currency): number | 'ambiguous' | undefined {
  const exponent = currencyExponent(currency);
  const written = writtenNumber(text);
  if (written === undefined) return undefined;
  if (written !== 'ambiguous') return minorOf(written, exponent);
  const [whole = '', last = ''] = text.trim().split(/[.,]/);
  if (exponent === 0) return Number(whole + last);
  return exponent === last.length && text.includes('.') ? minorOf({ whole, decimals: last }, exponent) : 'ambiguous';
}

function minorOf({ whole, decimals }: WrittenNumber, exponent: number): number | undefined {
  const payable = decimals.replace(/0+$/, '');
  if (payable.length > exponent) return undefined;
  const amount = Number(`${whole}${payable.padEnd(exponent, '0')}`);
  return Number.isSafeInteger(amount) ? amount : undefined;
}
