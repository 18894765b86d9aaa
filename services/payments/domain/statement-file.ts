import { type Currency, currencyExponent } from '@plaza/kernel';
import type { StatementLine } from '../contract.ts';

/** An amount as a decimal number with a point and all digits of its currency, e.g. `-1234.50`, `1234` or `0.005`. */
export function decimalOf(amountMinor: number, currency: Currency): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = amountMinor < 0 ? '-' : '';
  return exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-exponent)}`;
}

const COLUMNS = ['time', 'kind', 'amount', 'currency', 'balance', 'transfer_id', 'order_id', 'group_id', 'payout_id'];

/** The first row of a statement's CSV (RFC 4180), with its line end. */
export const CSV_HEADER = `${COLUMNS.join(',')}\r\n`;

/** A movement as a row. Nothing in it needs quotes: codes, ids, times and numbers. */
export function csvRowOf(line: StatementLine): string {
  const { currency, amountMinor } = line.amount;
  return `${[
    line.createdTime,
    line.kind,
    decimalOf(amountMinor, currency),
    currency,
    decimalOf(line.balanceAfterMinor, currency),
    line.transferId,
    line.orderId ?? '',
    line.groupId ?? '',
    line.payoutId ?? '',
  ].join(',')}\r\n`;
}
