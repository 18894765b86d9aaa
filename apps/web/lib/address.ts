import { text } from './form.ts';

const FIELDS = ['recipientName', 'phone', 'line1', 'city', 'region', 'postalCode', 'countryCode'] as const;
type Name = (typeof FIELDS)[number];

/** A postal address from a form whose fields are named `prefix` + the field. Fields left empty are empty, for the API to judge. */
export function addressOf(form: FormData, prefix: string): Record<Name, string> & { line2?: string } {
  const entered = Object.fromEntries(FIELDS.map((name) => [name, text(form, `${prefix}${name}`) ?? '']));
  const line2 = text(form, `${prefix}line2`);
  return { ...(entered as Record<Name, string>), ...(line2 === undefined ? {} : { line2 }) };
}

/** Country codes with their names in a language, as the marketplace orders them. */
export function countriesIn(lang: string, codes: readonly string[]): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([lang], { type: 'region' });
  return codes.map((code) => ({ code, name: names.of(code) ?? code }));
}
