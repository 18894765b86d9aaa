import { harmlessCell, type Money } from '@plaza/kernel';
import { type BankAccount, bankNameOf, numberOf } from './bank-account.ts';
import { decimalOf } from './statement-file.ts';

/** One payment order of a bank file. */
export type BankFileLine = {
  readonly payoutId: string;
  readonly amount: Money;
  readonly holderName: string;
  readonly account: BankAccount;
};

const COLUMNS = [
  'payout_id',
  'amount',
  'currency',
  'holder_name',
  'account_kind',
  'bank_name',
  'bank_code',
  'account_number',
] as const;

/**
 * Payment orders as CSV (RFC 4180): every cell in quotes, so that leading zeros and commas stay what they are.
 * Described for operators in docs/guides/payouts.md.
 */
export function bankFileOf(lines: readonly BankFileLine[]): string {
  const rows = lines.map(({ payoutId, amount, holderName, account }) => [
    payoutId,
    decimalOf(amount.amountMinor, amount.currency),
    amount.currency,
    holderName,
    account.kind,
    bankNameOf(account),
    bankCodeOf(account),
    numberOf(account),
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function bankCodeOf(account: BankAccount): string {
  if (account.kind === 'thai_bank') return account.bankCode;
  return account.kind === 'us_bank' ? account.routingNumber : '';
}

/** Holders' names are typed by strangers: a cell is one line, and never a formula. */
function cellOf(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, ' ');
  return `"${harmlessCell(line).replaceAll('"', '""')}"`;
}
