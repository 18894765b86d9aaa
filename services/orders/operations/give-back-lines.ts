import { type Id, invalidInput, newId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import {
  isShippingLeft,
  type LineRefund,
  type PricedRefund,
  priceLineRefund,
  type RefundedLines,
  unitsLeft,
} from '../domain/line-refund.ts';
import { type GroupRecord, leftMinor, type OrderRecord } from '../domain/order.ts';
import type { Party } from '../domain/process/process.ts';
import { errors } from '../errors.ts';
import { addEffects, type EffectInput } from '../store/effect.ts';
import { insertLineRefunds, listLineRefunds } from '../store/line-refund.ts';
import { bookPartRefund, notePartRefund } from './book-part-refund.ts';

export type GivenBack = {
  readonly lines: readonly {
    readonly lineId: Id<'orderLine'>;
    readonly quantity: number;
    readonly isRestocked: boolean;
  }[];
  readonly includesShipping: boolean;
  readonly reason: string;
  readonly party: Party;
  readonly memberId: Id<'member'> | null;
  readonly time: Date;
};

/**
 * Gives units of lines of a locked group back, and the shipping if it says so: the order says so at once, the money and the
 * goods that go back to stock follow as effects. Nothing left to give back is given back as nothing, and still counted.
 */
export async function giveBackLines(
  tx: Transaction,
  order: OrderRecord,
  group: GroupRecord,
  given: GivenBack,
): Promise<PricedRefund & { readonly refundId: Id<'refund'> }> {
  const { marketplaceId } = tx;
  const { reason, party, memberId, time } = given;
  const before = await listLineRefunds(tx, marketplaceId, group.id);
  requireLeft(group, before, given);
  const priced = priceLineRefund(group.quote, before, given, leftMinor(group));
  const { amountMinor, parts } = priced;
  const refundId = newId('refund');
  const isRestocked = (lineId: string | null) => given.lines.some((line) => line.lineId === lineId && line.isRestocked);
  const items = priced.items.map((item) => ({ ...item, isRestocked: isRestocked(item.lineId) }));
  await insertLineRefunds(tx, marketplaceId, { refundId, groupId: group.id, items, time });
  const refund = { amountMinor, reason, party, memberId, time, parts };
  // A unit that the platform's discount paid for wholly costs the buyer nothing, and gives the platform its own back.
  const isFunded = amountMinor === 0 && parts.fundedMinor > 0;
  if (amountMinor > 0) await bookPartRefund(tx, order, group, refund);
  else if (isFunded) await notePartRefund(tx, group, refund);
  const restocked = given.lines.flatMap((line) => {
    const sold = group.quote.lines.find(({ lineId }) => lineId === line.lineId);
    return line.isRestocked && sold !== undefined ? [{ variantId: sold.variantId, quantity: line.quantity }] : [];
  });
  const effects: { kind: 'refund' | 'restock'; input: EffectInput }[] = [];
  if (amountMinor > 0 || isFunded) effects.push({ kind: 'refund', input: { refundId, amountMinor, reason, parts } });
  if (restocked.length > 0) effects.push({ kind: 'restock', input: { restockId: refundId, lines: restocked } });
  if (effects.length > 0) await addEffects(tx, marketplaceId, group.id, effects, time);
  return { ...priced, refundId };
}

/** Refuses lines that are not of this group, and more of one than has not been given back. */
export function requireLeft(group: GroupRecord, before: readonly LineRefund[], wanted: RefundedLines): void {
  const left = unitsLeft(group.quote, before);
  const seen = new Set<string>();
  for (const [i, { lineId, quantity }] of wanted.lines.entries()) {
    const leftUnits = left.get(lineId);
    if (leftUnits === undefined || seen.has(lineId))
      throw invalidInput([{ pointer: `/lines/${i}/lineId`, code: 'unknown', detail: 'must be a line of it, once' }]);
    if (quantity > leftUnits) throw errors.LINE_REFUNDED({ lineId, leftQuantity: leftUnits });
    seen.add(lineId);
  }
  if (wanted.includesShipping && !isShippingLeft(group.quote, before)) throw errors.SHIPPING_REFUNDED({});
}
