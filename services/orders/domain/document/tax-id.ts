/** What a country's tax ids look like; the first that fits is right. Letters are capitals, without spaces and hyphens. */
const CHECKS: Readonly<Record<string, (taxId: string) => boolean>> = {
  TH: isThaiTaxId,
  MX: isRfc,
  JP: isJapaneseNumber,
};

/** Any other country's: letters and digits, at least one digit. */
const OTHER = /^(?=.*\d)[A-Z0-9]{4,20}$/;

/** A tax id as it is kept: capitals, without spaces, dots and hyphens. */
export function plainTaxId(entered: string): string {
  return entered.toUpperCase().replace(/[\s.-]/g, '');
}

/** Tax details as they are kept. */
export function plainDetails<Details extends { readonly taxId: string | null }>(details: Details): Details {
  return { ...details, taxId: details.taxId === null ? null : plainTaxId(details.taxId) };
}

/** Whether a plain tax id can be one of that country: by format and check digit where we know them. */
export function isTaxIdOf(countryCode: string, taxId: string): boolean {
  return (CHECKS[countryCode] ?? ((given: string) => OTHER.test(given)))(taxId);
}

/**
 * Thirteen digits, the last a check digit: (11 − (13·d1 + 12·d2 + … + 2·d12) mod 11) mod 10, e.g. 1234545678781.
 * Companies' numbers and persons' (the identity card's) follow the same rule.
 */
function isThaiTaxId(taxId: string): boolean {
  if (!/^[0-8]\d{12}$/.test(taxId)) return false;
  const sum = digitsOf(taxId.slice(0, 12)).reduce((total, digit, i) => total + digit * (13 - i), 0);
  return Number(taxId[12]) === (11 - (sum % 11)) % 10;
}

/** The letters an RFC is weighed by, in the order of their values; the blank stands before a company's eleven. */
const RFC_LETTERS = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';
/** The SAT's own for sales to anybody, at home and abroad. */
const GENERAL_RFCS: readonly string[] = ['XAXX010101000', 'XEXX010101000'];

/**
 * Mexico's Registro Federal de Contribuyentes: three letters of a company or four of a person, a date, two characters, and
 * a check digit: 11 − (13·c1 + … + 2·c12) mod 11, where 10 is written A and 11 is 0, e.g. GODE561231GR8, SAT970701NN3.
 */
function isRfc(taxId: string): boolean {
  if (GENERAL_RFCS.includes(taxId)) return true;
  const match = /^[A-ZÑ&]{3,4}(\d{2})(\d{2})(\d{2})[A-Z0-9]{2}[0-9A]$/.exec(taxId);
  if (match === null || !isDay(Number(match[2]), Number(match[3]))) return false;
  const weighed = taxId.slice(0, -1).padStart(12, ' ');
  const sum = [...weighed].reduce((total, letter, i) => total + RFC_LETTERS.indexOf(letter) * (13 - i), 0);
  const check = 11 - (sum % 11);
  return taxId.at(-1) === (check === 11 ? '0' : check === 10 ? 'A' : String(check));
}

/** A day of some year: the century is not written. */
function isDay(month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * A corporate number of thirteen digits, or as a registered issuer of qualified invoices the same after a T. The first
 * digit is 9 − (sum of the other twelve, from the right alternately once and twice) mod 9, e.g. 7000012050002.
 */
function isJapaneseNumber(taxId: string): boolean {
  const match = /^T?([1-9])(\d{12})$/.exec(taxId);
  if (match === null) return false;
  const sum = digitsOf(match[2] as string)
    .reverse()
    .reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 1 : 2), 0);
  return Number(match[1]) === 9 - (sum % 9);
}

function digitsOf(text: string): number[] {
  return [...text].map(Number);
}
