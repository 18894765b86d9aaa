import { type Currency, currencyExponent, harmlessCell } from '@plaza/kernel';
import type { DocumentKind } from '../../contract/document.ts';
import type { DocumentContent, TaxSum } from './content.ts';

const COLUMNS = [
  'number',
  'kind',
  'issue_date',
  'order_number',
  'month',
  'refers_to',
  'issuer',
  'issuer_tax_id',
  'recipient',
  'recipient_tax_id',
  'currency',
  'tax_name',
  'tax_rate_percent',
  'base',
  'tax',
  'total',
];

/** The first row of a bookkeeper's CSV (RFC 4180), with its line end. */
export const BOOKKEEPING_HEADER = `${COLUMNS.join(',')}\r\n`;

type Booked = {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issueTime: Date;
  readonly content: DocumentContent;
};

/**
 * A document as rows, one a tax rate: their bases, taxes and totals sum to the document's. Amounts are decimals with a
 * point and all digits of the currency; those of credit notes are negative, so that a column sums up.
 */
export function bookkeepingRows({ kind, number, issueTime, content }: Booked): string {
  const { currency, timeZone, order, month, references, issuer, recipient } = content;
  const sign = kind === 'credit_note' || kind === 'commission_credit_note' ? -1 : 1;
  // Sweden writes dates as ISO 8601 does.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(issueTime);
  const row = ({ name, rateBp, baseMinor, taxMinor }: TaxSum) =>
    [
      number,
      kind,
      day,
      order?.number ?? '',
      month ?? '',
      references.map((reference) => reference.number).join(' '),
      issuer.name,
      issuer.taxId ?? '',
      recipient.name,
      recipient.taxId ?? '',
      currency,
      name ?? '',
      rateBp === null ? '' : String(rateBp / 100),
      decimalOf(sign * baseMinor, currency),
      decimalOf(sign * taxMinor, currency),
      decimalOf(sign * (baseMinor + taxMinor), currency),
    ]
      .map(fieldOf)
      .join(',');
  return content.taxes.map((tax) => `${row(tax)}\r\n`).join('');
}

/** Quoted where it must be, and never a formula; amounts may be negative. */
function fieldOf(text: string): string {
  const harmless = /^-\d+(\.\d+)?$/.test(text) ? text : harmlessCell(text);
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** An amount as a decimal number with a point and all digits of its currency. */
function decimalOf(amountMinor: number, currency: Currency): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const sign = amountMinor < 0 ? '-' : '';
  const whole = digits.slice(0, digits.length - exponent);
  return exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-exponent)}`;
}
