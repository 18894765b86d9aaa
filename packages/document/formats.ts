import { numberLocale } from '@plaza/kernel';

/** Basis points as a percentage: 1600 is 16 %. */
export function formatRate(rateBp: number, locale: string): string {
  const format = new Intl.NumberFormat(numberLocale(locale), { style: 'percent', maximumFractionDigits: 2 });
  return format.format(rateBp / 10_000);
}

/** Days as documents write them, where they were issued. Thai ones count years by the Buddhist era, as Thai law has it. */
export function dateFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(numberLocale(locale), { timeZone, dateStyle: 'long' });
}

/** A month of a year, e.g. `November 2026`, `พฤศจิกายน 2569`. */
export function monthFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(numberLocale(locale), { timeZone, year: 'numeric', month: 'long' });
}
