import type { Money } from '@plaza/kernel';
// By its own door: behind the kernel's first one is what no browser needs.
import { numberLocale } from '@plaza/kernel/number-locale';
import { ownTimeZone } from './time-zone.ts';

/** For people, in their language. Amounts are formatted here and computed nowhere in the web app. */
export function formatMoney({ amountMinor, currency }: Money, lang: string): string {
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  const locale = numberLocale(lang, currency);
  const format = new Intl.NumberFormat(locale, options);
  const unit = 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  // Whole amounts without ".00": prices are quicker to compare.
  if (amountMinor % unit !== 0) return format.format(amountMinor / unit);
  return new Intl.NumberFormat(locale, { ...options, minimumFractionDigits: 0 }).format(amountMinor / unit);
}

/** Basis points as a percentage: 1250 is 12.5 %. */
export function formatPercent(rateBp: number, lang: string): string {
  return new Intl.NumberFormat(numberLocale(lang), { style: 'percent', maximumFractionDigits: 2 }).format(
    rateBp / 10_000,
  );
}

/** Where the marketplace is: the clock that its mails go by, too. */
export function formatDate(time: string, lang: string): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: 'medium', ...ownTimeZone() }).format(new Date(time));
}

export function formatDateTime(time: string, lang: string): string {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(lang, { ...style, ...ownTimeZone() }).format(new Date(time));
}

export function formatNumber(value: number, lang: string): string {
  return new Intl.NumberFormat(numberLocale(lang)).format(value);
}

/** `7 days` */
export function formatDays(days: number, lang: string): string {
  return new Intl.NumberFormat(numberLocale(lang), { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);
}

/** nDCG from 0 to 1; a dash where nothing was measured. */
export function formatQuality(ndcg: number | null, lang: string): string {
  const options = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return ndcg === null ? '–' : new Intl.NumberFormat(numberLocale(lang), options).format(ndcg);
}

/** A localized text of the API in this language, else in English, else in any. */
export function textIn(texts: Readonly<Partial<Record<string, string>>>, lang: string): string {
  return texts[lang] ?? texts.en ?? Object.values(texts)[0] ?? '';
}
