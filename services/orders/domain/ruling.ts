import type { PlainEffect, Ruling } from './process/process.ts';

/** What an operator decided about a group. `refundMinor`: what the buyer gets back by it, in minor units. */
export type RulingRecord = { readonly ruling: Ruling; readonly refundMinor: number };

/** `leftMinor`: what the buyer paid and has not got back yet. `partMinor`: entered, for a split. */
export function rulingOf(ruling: Ruling, leftMinor: number, partMinor: number): RulingRecord {
  return { ruling, refundMinor: { seller: 0, buyer: leftMinor, split: partMinor }[ruling] };
}

type Settlement = { readonly refundMinor: number; readonly effects: readonly PlainEffect[] };

/** What carrying a ruling out sets off, in order. The seller may have given a part back meanwhile: `leftMinor` is of now. */
export function settlementOf({ ruling, refundMinor: ruledMinor }: RulingRecord, leftMinor: number): Settlement {
  const refundMinor = ruling === 'buyer' ? leftMinor : Math.min(ruledMinor, leftMinor);
  if (ruling === 'buyer' || (refundMinor > 0 && refundMinor === leftMinor))
    return { refundMinor, effects: ['refund', 'revokeLicense'] };
  return { refundMinor, effects: refundMinor === 0 ? ['release'] : ['refund', 'release'] };
}
