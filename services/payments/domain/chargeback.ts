import { invariant, splitByLargestRemainder } from '@plaza/kernel';
import type { Bearer, ChargebackState } from '../contract/chargebacks.ts';
import { type Shares, splitRefund } from './shares.ts';

/** What the books know of a chargeback. `takenMinor`: what the provider keeps for now, its fee included. */
export type KnownChargeback = { readonly state: ChargebackState; readonly takenMinor: number };

/** What a provider tells of one. `isTaken`: it has taken the money; while a bank only inquires it has not. */
export type ToldChargeback = {
  readonly state: ChargebackState;
  readonly amountMinor: number;
  /** The fee that stands: one that was given back is none. */
  readonly feeMinor: number;
  readonly isTaken: boolean;
};

/** What news changes: how much the provider keeps now, and what of it the platform bears at once. */
export type ChargebackNews = { readonly takenMinor: number; readonly changeMinor: number; readonly borneMinor: number };

/**
 * What is news of what a provider tells, in whatever order it tells; undefined when nothing is. Once decided, always
 * decided. A won one leaves the fee that was not given back, and a decision that overtakes the opening books it too.
 */
export function newsOf(known: KnownChargeback | undefined, told: ToldChargeback): ChargebackNews | undefined {
  if (known !== undefined && known.state !== 'opened') return undefined;
  const before = known?.takenMinor ?? 0;
  const asTold = told.isTaken ? told.amountMinor + told.feeMinor : 0;
  const takenMinor = { opened: Math.max(before, asTold), lost: Math.max(before, asTold), won: told.feeMinor }[
    told.state
  ];
  if (known?.state === told.state && takenMinor === before) return undefined;
  return { takenMinor, changeMinor: takenMinor - before, borneMinor: told.state === 'won' ? told.feeMinor : 0 };
}

/** The hold of a group as it is divided. */
export type ContestedGroup = { readonly groupId: string; readonly left: Shares; readonly bearer: Bearer };

/** What a group bears of a lost chargeback. `taken`: of its parts; the platform's bearing leaves the seller's untouched. */
export type ChargebackPart = {
  readonly groupId: string;
  readonly bearer: Bearer;
  readonly taken: Shares;
  readonly feeMinor: number;
};

/**
 * Divides a lost chargeback among the groups of its payment, by largest remainder over what each buyer's share still is: no
 * more than `sourceLeftMinor`, what of the card's part had not gone back to it. What the buyer had back before (`restMinor`
 * with the fee that falls on it) was paid twice, and the platform bears that.
 *
 * @example one group of 100 with 30 refunded, a chargeback of 100: its seller bears 70, the platform 30
 */
export function divideChargeback(
  amountMinor: number,
  feeMinor: number,
  groups: readonly ContestedGroup[],
  sourceLeftMinor: number,
): { parts: ChargebackPart[]; restMinor: number } {
  const lefts = groups.map(({ left }) => left.buyerMinor);
  const leftMinor = lefts.reduce((sum, each) => sum + each, 0);
  const dividedMinor = Math.min(amountMinor, leftMinor, sourceLeftMinor);
  const amounts = groups.length === 0 ? [] : splitByLargestRemainder(dividedMinor, lefts);
  const onRestMinor = amountMinor - dividedMinor;
  const fees = splitByLargestRemainder(feeMinor, [...amounts, onRestMinor]);
  const parts = groups.map(({ groupId, left, bearer }, i) => ({
    groupId,
    bearer,
    taken: splitRefund(left, amounts[i] ?? 0),
    feeMinor: bearer === 'seller' ? (fees[i] ?? 0) : 0,
  }));
  const borneFees = feeMinor - parts.reduce((sum, part) => sum + part.feeMinor, 0);
  const restMinor = onRestMinor + borneFees;
  invariant(restMinor >= 0, 'what is left of a chargeback is not negative');
  return { parts: parts.filter(({ taken, feeMinor: fee }) => taken.buyerMinor > 0 || fee > 0), restMinor };
}
