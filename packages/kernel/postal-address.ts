import type { FieldError } from './field-errors.ts';

/** Five digits at least: an extension within a town; fifteen at most (ITU-T E.164, section 6). */
const PHONE = /^\+?\p{Nd}{5,15}$/u;
/** What people write between the digits, and an extension after them. */
const PHONE_MARKS = /[\s().\-/‐-―]|(?:ext|x|#).*$/giu;

/**
 * Postal codes without spaces and dashes, where all of a country are alike (Universal Postal Union, Postal addressing systems).
 * A country that is not here has codes of several forms, or none, and takes what is written.
 */
const POSTAL_CODES: Readonly<Record<string, RegExp>> = {
  AU: /^\d{4}$/,
  BR: /^\d{8}$/,
  CA: /^[A-Z]\d[A-Z]\d[A-Z]\d$/,
  DE: /^\d{5}$/,
  FR: /^\d{5}$/,
  JP: /^\d{7}$/,
  KR: /^\d{5}$/,
  MX: /^\d{5}$/,
  PL: /^\d{5}$/,
  TH: /^\d{5}$/,
  US: /^\d{5}(\d{4})?$/,
};

/**
 * What of an address cannot be right, wherever it is: a parcel would not arrive, and nobody could be called. Fields that are left
 * empty are not judged here. `at` is the pointer of the address.
 */
export function addressMistakes(
  {
    phone,
    postalCode,
    countryCode,
  }: { readonly phone: string; readonly postalCode: string; readonly countryCode: string },
  at = '',
): FieldError[] {
  const digits = phone.normalize('NFKC').replace(PHONE_MARKS, '');
  const code = postalCode
    .normalize('NFKC')
    .replace(/[\s\-‐-―〒]/gu, '')
    .toUpperCase();
  const pattern = POSTAL_CODES[countryCode];
  return [
    ...(phone === '' || PHONE.test(digits)
      ? []
      : [{ pointer: `${at}/phone`, code: 'phone', detail: 'must be a phone number, as +1 503 555 0100' }]),
    ...(code === '' || pattern === undefined || pattern.test(code)
      ? []
      : [{ pointer: `${at}/postalCode`, code: 'postalCode', detail: `is not a postal code of ${countryCode}` }]),
  ];
}
