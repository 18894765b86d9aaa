import type { Money } from '@plaza/kernel';
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

/**
 * A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it
 * (https://owasp.org/www-community/attacks/CSV_Injection). Holders' names are typed by strangers.
 */
function cellOf(text: string): string {
  const plain = text.replaceAll(/[\r\n]+/g, ' ');
  const safe = /^\s*[=+\-@\t|%＝＋－＠]/.test(plain) ? `'${plain}` : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}
