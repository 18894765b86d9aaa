import { invariant } from '@plaza/kernel';

/**
 * Whom a PromptPay QR code pays: a receiver by phone, tax or national id, or e-wallet (credit transfer, without a
 * reference), or a biller, whose bank passes both references on (bill payment).
 */
export type PromptPayTarget =
  | { readonly kind: 'phone' | 'taxId' | 'eWallet'; readonly number: string }
  | { readonly kind: 'biller'; readonly number: string; readonly reference1: string; readonly reference2?: string };

/** Application identifiers of PromptPay in Thailand: credit transfer in template 29, bill payment in template 30. */
const CREDIT_TRANSFER = 'A000000677010111';
const BILL_PAYMENT = 'A000000677010112';

/**
 * The text of a PromptPay QR code that asks once for an amount in satang: EMVCo "QR Code Specification for Payment
 * Systems, Merchant-Presented Mode" 1.1, with the templates of the Bank of Thailand's "Thai QR Payment Standard".
 *
 * @example promptPayPayload({ kind: 'phone', number: '0000000000' }, 422)
 *          // '00020101021229370016A000000677010111011300660000000005802TH530376454044.226304E469'
 */
export function promptPayPayload(target: PromptPayTarget, amountMinor?: number): string {
  const amount =
    amountMinor === undefined
      ? ''
      : field('54', `${Math.floor(amountMinor / 100)}.${String(amountMinor % 100).padStart(2, '0')}`);
  const body = [
    field('00', '01'),
    // 11: the same code may be paid often. 12: it is for one payment.
    field('01', amountMinor === undefined ? '11' : '12'),
    accountOf(target),
    field('58', 'TH'),
    field('53', '764'),
    amount,
    '6304',
  ].join('');
  return body + crc16(body);
}

/** Whether a number can be what it claims: ten digits of a phone, thirteen of a tax id, fifteen of a wallet or biller. */
export function isPromptPayNumber(kind: PromptPayTarget['kind'], number: string): boolean {
  return { phone: /^0\d{9}$/, taxId: /^\d{13}$/, eWallet: /^\d{15}$/, biller: /^\d{15}$/ }[kind].test(number);
}

function accountOf(target: PromptPayTarget): string {
  invariant(isPromptPayNumber(target.kind, target.number), `not a PromptPay ${target.kind}`);
  switch (target.kind) {
    case 'phone':
      // The country's code in place of the first zero, filled up to thirteen digits.
      return field('29', field('00', CREDIT_TRANSFER) + field('01', `66${target.number.slice(1)}`.padStart(13, '0')));
    case 'taxId':
      return field('29', field('00', CREDIT_TRANSFER) + field('02', target.number));
    case 'eWallet':
      return field('29', field('00', CREDIT_TRANSFER) + field('03', target.number));
    case 'biller': {
      const { reference1, reference2 = '' } = target;
      for (const each of [reference1, reference2])
        invariant(/^[A-Z0-9]{0,20}$/.test(each), 'a reference has 20 capitals or digits at most');
      const references = field('02', reference1) + (reference2 === '' ? '' : field('03', reference2));
      return field('30', field('00', BILL_PAYMENT) + field('01', target.number) + references);
    }
    default:
      return target satisfies never;
  }
}

/** Tag, length of two digits, value. */
function field(tag: string, value: string): string {
  return `${tag}${String(value.length).padStart(2, '0')}${value}`;
}

/** CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF) in four hexadecimal capitals; "123456789" gives 29B1. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text, 'latin1')) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    crc &= 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
