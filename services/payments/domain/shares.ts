import { invariant, splitByLargestRemainder } from '@plaza/kernel';

/**
 * How the money of one group divides, in minor units. `buyerMinor` + `fundedMinor` came in; commission and tax are the
 * platform's part of it and the rest is the seller's.
 */
export type Shares = {
  readonly buyerMinor: number;
  readonly fundedMinor: number;
  readonly commissionMinor: number;
  readonly taxMinor: number;
};

/** All that is held for the group. */
export function grossMinor(shares: Shares): number {
  return shares.buyerMinor + shares.fundedMinor;
}

/** What the seller earns of it. */
export function sellerMinor(shares: Shares): number {
  return grossMinor(shares) - shares.commissionMinor - shares.taxMinor;
}

/** Whether the parts can be what they claim: whole, not negative, commission and tax within the gross. */
export function areValid(shares: Shares): boolean {
  return Object.values(shares).every((part) => Number.isSafeInteger(part) && part >= 0) && sellerMinor(shares) >= 0;
}

/**
 * What a refund of `amountMinor` to the buyer takes from each part of what is left. The platform-funded discount
 * returns in proportion (rounded down, so that it is not spent before the end); then commission, tax and the seller
 * bear the sum by largest remainder over what each still has. No part is ever asked for more than it has, and the
 * refund of all that is left takes exactly all of every part, however many refunds came before.
 *
 * @example splitRefund({ buyerMinor: 100, fundedMinor: 10, commissionMinor: 11, taxMinor: 0 }, 50)
 *          // { buyerMinor: 50, fundedMinor: 5, commissionMinor: 6, taxMinor: 0 }, and the seller bears 49
 */
export function splitRefund(left: Shares, amountMinor: number): Shares {
  invariant(amountMinor >= 0 && amountMinor <= left.buyerMinor, 'a refund is at most what the buyer paid and has left');
  const fundedMinor =
    left.buyerMinor === 0
      ? left.fundedMinor
      : Number((BigInt(left.fundedMinor) * BigInt(amountMinor)) / BigInt(left.buyerMinor));
  const [commissionMinor = 0, taxMinor = 0] = splitByLargestRemainder(amountMinor + fundedMinor, [
    left.commissionMinor,
    left.taxMinor,
    sellerMinor(left),
  ]);
  return { buyerMinor: amountMinor, fundedMinor, commissionMinor, taxMinor };
}

/** What a refund should take of each part besides the buyer's, when whoever asks knows: of certain lines, say. */
export type RefundParts = Pick<Shares, 'fundedMinor' | 'commissionMinor' | 'taxMinor'>;

/**
 * The same with the parts given, as far as each still has them: earlier refunds by proportion may have taken a minor unit of
 * them already. What one part lacks the others bear (the seller, then commission, then tax), so that the buyer's amount is
 * exact and nothing falls below zero. Whoever gives all of it back asks for all of every part: what is left of a sale may
 * cost the buyer nothing and still be the seller's, where the platform's discount pays for it.
 */
export function takeParts(left: Shares, amountMinor: number, wanted: RefundParts): Shares {
  invariant(amountMinor >= 0 && amountMinor <= left.buyerMinor, 'a refund is at most what the buyer paid and has left');
  const fundedMinor = Math.min(wanted.fundedMinor, left.fundedMinor);
  const grossTaken = amountMinor + fundedMinor;
  const sellerLeft = sellerMinor(left);
  // The seller's part is what remains, so both ends of it bound what commission and tax may be together.
  // The tax goes first: what a credit note says of it is owed to nobody else.
  let taxMinor = Math.min(wanted.taxMinor, left.taxMinor, grossTaken);
  let commissionMinor = Math.min(wanted.commissionMinor, left.commissionMinor, grossTaken - taxMinor);
  const missing = () => grossTaken - commissionMinor - taxMinor - sellerLeft;
  if (missing() > 0) commissionMinor += Math.min(missing(), left.commissionMinor - commissionMinor);
  if (missing() > 0) taxMinor += Math.min(missing(), left.taxMinor - taxMinor);
  return { buyerMinor: amountMinor, fundedMinor, commissionMinor, taxMinor };
}

/**
 * What a refund takes: by the parts given, or by proportion. `borneMinor`: what of `left.fundedMinor` the bank gave the buyer
 * and the platform bears. A refund that was decided before it, of more than the buyer has left, gives the platform back
 * what the buyer has from the bank already.
 *
 * @example of 100 the bank gave all back, and the platform bears it: a refund of 40 from before gives the buyer nothing,
 *          the platform 40, and leaves the seller the rest
 */
export function takeShares(left: Shares, amountMinor: number, parts: RefundParts | undefined, borneMinor = 0): Shares {
  const take = parts === undefined ? splitRefund : (of: Shares, minor: number) => takeParts(of, minor, parts);
  if (borneMinor === 0 || amountMinor === left.buyerMinor) return take(left, amountMinor);
  const taken = take(movedToBuyer(left, borneMinor), amountMinor);
  return movedToBuyer(taken, -Math.max(0, amountMinor - left.buyerMinor));
}

/** The same with so much of the platform's part as the buyer's. */
function movedToBuyer({ buyerMinor, fundedMinor, ...others }: Shares, amountMinor: number): Shares {
  return { ...others, buyerMinor: buyerMinor + amountMinor, fundedMinor: fundedMinor - amountMinor };
}

/** What the buyer had becomes the platform's to pay, so that nobody else has less of it. */
export function bornByPlatform(shares: Shares, amountMinor: number): Shares {
  return movedToBuyer(shares, -amountMinor);
}

export function subtractShares(from: Shares, taken: Shares): Shares {
  return {
    buyerMinor: from.buyerMinor - taken.buyerMinor,
    fundedMinor: from.fundedMinor - taken.fundedMinor,
    commissionMinor: from.commissionMinor - taken.commissionMinor,
    taxMinor: from.taxMinor - taken.taxMinor,
  };
}
