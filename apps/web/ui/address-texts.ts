import type { Translate } from '../lib/messages.ts';

const NAMES = [
  'email',
  'recipientName',
  'phone',
  'line1',
  'line2',
  'city',
  'region',
  'postalCode',
  'countryCode',
  'note',
] as const;

/** The labels of address fields, to hand to a form in the browser. */
export function addressTexts(t: Translate): Readonly<Record<string, string>> {
  return Object.fromEntries(NAMES.map((name) => [name, t(`field.${name}`)]));
}
