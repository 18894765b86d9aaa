import { z } from 'zod';
import { invariant } from './errors.ts';
import { numberLocale } from './number-locale.ts';

/** Number of decimal digits of each currency's minor unit (ISO 4217). */
const EXPONENTS = { USD: 2, THB: 2, MXN: 2, EUR: 2, GBP: 2, JPY: 0, KWD: 3 } as const;

export const Currency = z.enum(Object.keys(EXPONENTS) as [CurrencyCode, ...CurrencyCode[]]).meta({ examples: ['USD'] });
type CurrencyCode = keyof typeof EXPONENTS;
export type Currency = CurrencyCode;

/**
 * An amount in minor units (cents, satang) of one ISO 4217 currency. Never a float.
 * A safe integer: 2^53 minor units is more than 90 trillion dollars, and JSON carries it exactly.
 */
export const Money = z
  .object({ amountMinor: z.int(), currency: Currency })
  .meta({ id: 'Money', examples: [{ amountMinor: 129900, currency: 'USD' }] });
export type Money = z.output<typeof Money>;

/** A price: money that is not negative. */
export const Price = z
  .object({ amountMinor: z.int().min(0).max(1_000_000_000_000), currency: Currency })
  .meta({ id: 'Price', examples: [{ amountMinor: 129900, currency: 'USD' }] });

export function money(amountMinor: number, currency: Currency): Money {
  invariant(Number.isSafeInteger(amountMinor), `not a whole number of minor units: ${amountMinor}`);
  return { amountMinor, currency };
}

export function addMoney(a: Money, b: Money): Money {
  invariant(a.currency === b.currency, `cannot add ${b.currency} to ${a.currency}`);
  return money(a.amountMinor + b.amountMinor, a.currency);
}

export function subtractMoney(a: Money, b: Money): Money {
  return addMoney(a, { amountMinor: -b.amountMinor, currency: b.currency });
}

export function sumMoney(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(addMoney, money(0, currency));
}

/**
 * `amountMinor` × `rateBp` / 10,000 (1 basis point = 0.01 %), rounded half to even, so that thousands of small
 * lines do not drift in one party's favor. Exact: computed with big integers.
 */
export function basisPointsOf(amountMinor: number, rateBp: number): number {
  const product = BigInt(amountMinor) * BigInt(rateBp);
  return Number(divideHalfEven(product, 10_000n));
}

/** Integer division rounded half to even (IEEE 754 roundTiesToEven on the exact quotient). */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  invariant(divisor > 0n, 'divisor must be positive');
  const floor = dividend >= 0n ? dividend / divisor : -((-dividend + divisor - 1n) / divisor);
  const twice = (dividend - floor * divisor) * 2n;
  if (twice > divisor) return floor + 1n;
  if (twice < divisor) return floor;
  return floor % 2n === 0n ? floor : floor + 1n;
}

/**
 * Splits `amountMinor` in proportion to `weights` by largest remainder (Hamilton's method): parts are whole minor
 * units and always sum to the amount. Equal remainders go to the earlier part. All weights zero: the first takes all.
 */
export function splitByLargestRemainder(amountMinor: number, weights: readonly number[]): number[] {
  invariant(
    weights.length > 0 && weights.every((w) => Number.isSafeInteger(w) && w >= 0),
    'weights must be whole and ≥ 0',
  );
  if (amountMinor < 0) return splitByLargestRemainder(-amountMinor, weights).map((part) => (part === 0 ? 0 : -part));
  const total = weights.reduce((sum, w) => sum + BigInt(w), 0n);
  if (total === 0n) return weights.map((_, i) => (i === 0 ? amountMinor : 0));
  const exact = weights.map((w) => BigInt(amountMinor) * BigInt(w));
  const parts = exact.map((e) => Number(e / total));
  const remainders = exact.map((e, i) => ({ i, remainder: e % total }));
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1));
  let missing = amountMinor - parts.reduce((sum, part) => sum + part, 0);
  for (const { i } of remainders) {
    if (missing-- <= 0) break;
    parts[i] = (parts[i] as number) + 1;
  }
  return parts;
}

/** Digits after the decimal point of a currency: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: Currency): number {
  return EXPONENTS[currency];
}

/** For people, in their locale: `formatMoney({ amountMinor: 129900, currency: 'THB' }, 'th')` → `฿1,299.00`. */
export function formatMoney(amount: Money, locale: string): string {
  return formatterOf(numberLocale(locale, amount.currency), amount.currency).format(
    amount.amountMinor / 10 ** currencyExponent(amount.currency),
  );
}

/** Making a formatter costs a hundred times what formatting does; there are as many as languages and currencies. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(locale: string, currency: Currency): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const formatter = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  formatters.set(key, formatter);
  return formatter;
}

/** Reads "1,299.50" or "1299.5" as minor units; undefined when it is not an amount or has too many decimals. */
export function parseAmount(text: string, currency: Currency): number | undefined {
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const exponent = currencyExponent(currency);
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  if (decimals.length > exponent) return undefined;
  const amount = Number(`${match[1]?.replaceAll(',', '')}${decimals.padEnd(exponent, '0')}`);
  return Number.isSafeInteger(amount) ? amount : undefined;
}
