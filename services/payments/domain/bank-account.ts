import type { Currency } from '@plaza/kernel';
import { isValidIBAN } from 'ibantools';
import { isPromptPayNumber } from './promptpay.ts';

/** Where a payout goes, whole. In memory only: what is kept of it is sealed, what is shown of it are four digits. */
export type BankAccount =
  | { readonly kind: 'thai_bank'; readonly bankCode: string; readonly accountNumber: string }
  | { readonly kind: 'promptpay'; readonly promptPayId: string }
  | { readonly kind: 'clabe'; readonly clabe: string }
  | { readonly kind: 'iban'; readonly iban: string }
  | { readonly kind: 'us_bank'; readonly routingNumber: string; readonly accountNumber: string }
  | { readonly kind: 'stripe_connect'; readonly accountId: string };

export type BankAccountKind = BankAccount['kind'];

/** The kinds of account that money of a currency can go to. Stripe's are further held against the settings. */
export const ACCOUNT_KINDS: Readonly<Record<Currency, readonly BankAccountKind[]>> = {
  THB: ['promptpay', 'thai_bank', 'stripe_connect'],
  MXN: ['clabe', 'stripe_connect'],
  USD: ['us_bank', 'iban', 'stripe_connect'],
  EUR: ['iban', 'stripe_connect'],
  GBP: ['iban', 'stripe_connect'],
  KWD: ['iban'],
  JPY: ['stripe_connect'],
};

/** Banks by the code that their accounts carry, as the Bank of Thailand assigns them. */
export const THAI_BANKS: Readonly<Record<string, string>> = {
  '002': 'Bangkok Bank',
  '004': 'Kasikornbank',
  '006': 'Krungthai Bank',
  '011': 'TTB',
  '014': 'SCB',
  '020': 'Standard Chartered (Thai)',
  '022': 'CIMB Thai',
  '024': 'UOB Thailand',
  '025': 'Krungsri',
  '030': 'Government Savings Bank',
  '033': 'GH Bank',
  '034': 'BAAC',
  '066': 'Islamic Bank of Thailand',
  '067': 'Tisco Bank',
  '069': 'Kiatnakin Phatra Bank',
  '070': 'ICBC (Thai)',
  '071': 'Thai Credit Bank',
  '073': 'Land and Houses Bank',
};

/** The larger of Mexico's banks by the first three digits of a CLABE (Banco de México, participants of SPEI). */
const MEXICAN_BANKS: Readonly<Record<string, string>> = {
  '002': 'Banamex',
  '012': 'BBVA México',
  '014': 'Santander México',
  '021': 'HSBC México',
  '030': 'BanBajío',
  '036': 'Inbursa',
  '044': 'Scotiabank',
  '058': 'Banregio',
  '062': 'Afirme',
  '072': 'Banorte',
  '127': 'Banco Azteca',
  '137': 'BanCoppel',
  '638': 'Nu México',
  '646': 'STP',
  '722': 'Mercado Pago',
};

const CLABE_WEIGHTS = [3, 7, 1] as const;

/**
 * Whether a CLABE's last digit checks the others: the digits times 3, 7, 1 and so on, each product modulo 10, summed;
 * what is missing to the next ten (Banco de México, Circular 3/2012). 032180000118359719 does.
 */
export function isClabe(clabe: string): boolean {
  if (!/^\d{18}$/.test(clabe)) return false;
  const digits = [...clabe].map(Number);
  const sum = digits
    .slice(0, 17)
    .reduce((total, digit, at) => total + ((digit * (CLABE_WEIGHTS[at % 3] ?? 0)) % 10), 0);
  return digits[17] === (10 - (sum % 10)) % 10;
}

const ROUTING_WEIGHTS = [3, 7, 1] as const;

/** Whether a routing number of the American Bankers Association checks: digits times 3, 7, 1 … sum to tens. 021000021 does. */
export function isRoutingNumber(routingNumber: string): boolean {
  if (!/^\d{9}$/.test(routingNumber) || routingNumber === '000000000') return false;
  const sum = [...routingNumber].reduce(
    (total, digit, at) => total + Number(digit) * (ROUTING_WEIGHTS[at % 3] ?? 0),
    0,
  );
  return sum % 10 === 0;
}

/** Whether an IBAN is of a country that has them, as long as that country's, and checks modulo 97 (ISO 13616). */
export function isIban(iban: string): boolean {
  return isValidIBAN(iban);
}

/** Whether it is a bank's account in Thailand: ten digits, with some banks up to fifteen. */
export function isThaiAccountNumber(accountNumber: string): boolean {
  return /^\d{10,15}$/.test(accountNumber);
}

/** Whether PromptPay can know it: a phone number, a national or tax id, or an e-wallet. */
export function isPromptPayId(promptPayId: string): boolean {
  return (['phone', 'taxId', 'eWallet'] as const).some((kind) => isPromptPayNumber(kind, promptPayId));
}

/** The digits (or letters) that name the account at its bank; the last four of them are what is shown. */
export function numberOf(account: BankAccount): string {
  switch (account.kind) {
    case 'thai_bank':
    case 'us_bank':
      return account.accountNumber;
    case 'promptpay':
      return account.promptPayId;
    case 'clabe':
      return account.clabe;
    case 'iban':
      return account.iban;
    case 'stripe_connect':
      return account.accountId;
    default:
      return account satisfies never;
  }
}

/** What an account's bank is called on screens and in files. Says nothing about whose it is. */
export function bankNameOf(account: BankAccount): string {
  switch (account.kind) {
    case 'thai_bank':
      return THAI_BANKS[account.bankCode] ?? account.bankCode;
    case 'promptpay':
      return 'PromptPay';
    case 'clabe':
      return MEXICAN_BANKS[account.clabe.slice(0, 3)] ?? `CLABE ${account.clabe.slice(0, 3)}`;
    case 'iban':
      return `IBAN ${account.iban.slice(0, 2)}`;
    case 'us_bank':
      return `ABA ${account.routingNumber}`;
    case 'stripe_connect':
      return 'Stripe';
    default:
      return account satisfies never;
  }
}

/** One text for one account, however it was typed: what its fingerprint is made of. */
export function canonicalOf(account: BankAccount): string {
  const bank =
    account.kind === 'thai_bank' ? account.bankCode : account.kind === 'us_bank' ? account.routingNumber : '';
  return `${account.kind}\n${bank}\n${numberOf(account)}`;
}
