/** An amount in minor units, as the API sends it. */
export type Money = { readonly amountMinor: number; readonly currency: string };

/** For people, in their language. Amounts are formatted here and computed nowhere in the web app. */
export function formatMoney({ amountMinor, currency }: Money, lang: string): string {
  const format = new Intl.NumberFormat(lang, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const isWhole = amountMinor % 10 ** digits === 0;
  return isWhole && digits > 0
    ? new Intl.NumberFormat(lang, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: 0,
      }).format(amountMinor / 10 ** digits)
    : format.format(amountMinor / 10 ** digits);
}

export function formatDate(time: string, lang: string): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: 'medium' }).format(new Date(time));
}

export function formatDateTime(time: string, lang: string): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));
}

export function formatNumber(value: number, lang: string): string {
  return new Intl.NumberFormat(lang).format(value);
}

/** A localized text of the API in this language, else in English, else in any. */
export function textIn(texts: Readonly<Partial<Record<string, string>>>, lang: string): string {
  return texts[lang] ?? texts.en ?? Object.values(texts)[0] ?? '';
}
