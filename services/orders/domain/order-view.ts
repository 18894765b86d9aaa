import { type Currency, money } from '@plaza/kernel';
import type { z } from 'zod';
import type { Order, OrderAction, ShipmentGroup, TimelineEntry } from '../contract/order.ts';
import { isShippingLeft, unitsLeft } from './line-refund.ts';
import { moneyPath, paidLeftMinor } from './money-path.ts';
import {
  type ChargebackRecord,
  evidenceTime,
  type GroupRecord,
  type OrderRecord,
  returnTime,
  sharesAfterRefunds,
  type TimelineRecord,
} from './order.ts';
import { stateLabel, timelineLabel } from './order-label.ts';
import { availableActions, type Party, type Process } from './process/process.ts';
import { waitingOf } from './waiting.ts';

/** Who the reader is to a group; several when, say, an operator bought. */
export type Reader = { readonly parties: (group: GroupRecord) => readonly Party[] };

/** An order as one reader sees it: only the groups they are a party to, and only what that party may know. */
export function orderView(order: OrderRecord, reader: Reader, processOf: (group: GroupRecord) => Process): Order {
  const visible = order.groups.filter((group) => reader.parties(group).length > 0);
  const isWhole = visible.some((group) =>
    reader.parties(group).some((party) => party === 'buyer' || party === 'operator'),
  );
  const amount = (minor: number) => money(minor, order.currency);
  const sum = (pick: (group: GroupRecord) => number) =>
    amount(visible.reduce((total, group) => total + pick(group), 0));
  return {
    id: order.id,
    number: order.number,
    groups: visible.map((group) => groupView(group, reader.parties(group), processOf(group), order)),
    email: isWhole ? order.email : null,
    address: order.address,
    note: order.note,
    subtotal: sum(({ quote }) => quote.subtotalMinor),
    discount: sum(({ quote }) => quote.discountMinor),
    shipping: sum(({ quote }) => quote.shippingMinor),
    taxAdded: sum(({ quote }) => quote.taxAddedMinor),
    taxIncluded: sum(({ quote }) => quote.taxIncludedMinor),
    total: sum(({ totalMinor }) => totalMinor),
    refunded: sum(({ refundedMinor }) => refundedMinor),
    payment: isWhole ? paymentView(order) : null,
    isMembers: order.buyerMemberId !== null,
    chargebacks: visible.some((group) => isSellingTo(reader.parties(group)))
      ? order.chargebacks.map(chargebackView)
      : [],
    placedTime: order.placedTime.toISOString(),
    version: visible.reduce((version, group) => version + group.version, 0),
  };
}

function paymentView({ paymentMethod, currency }: OrderRecord): Order['payment'] {
  if (paymentMethod === null) return null;
  const { walletMinor = 0, ...method } = paymentMethod;
  return { ...method, fromWallet: money(walletMinor, currency) };
}

function isSellingTo(parties: readonly Party[]): boolean {
  return parties.some((party) => party === 'seller' || party === 'operator');
}

function chargebackView({ amountMinor, currency, evidenceDueTime, ...told }: ChargebackRecord) {
  return {
    ...told,
    amount: money(amountMinor, currency),
    evidenceDueTime: evidenceDueTime?.toISOString() ?? null,
  };
}

function disputeView(group: GroupRecord, process: Process, currency: Currency): ShipmentGroup['dispute'] {
  const until = evidenceTime(group, process);
  if (until === null && group.ruling === null) return null;
  return {
    evidenceTime: until?.toISOString() ?? null,
    ruling: group.ruling && { for: group.ruling.ruling, refund: money(group.ruling.refundMinor, currency) },
  };
}

/** A group as these parties see it; as anybody may, for none. */
export function groupView(
  group: GroupRecord,
  parties: readonly Party[],
  process: Process,
  { currency, chargebacks }: Pick<OrderRecord, 'currency' | 'chargebacks'>,
): ShipmentGroup {
  const { quote } = group;
  const units = unitsLeft(quote, group.lineRefunds);
  const amount = (minor: number) => money(minor, currency);
  const isSelling = isSellingTo(parties);
  const path = moneyPath(group, process);
  const isPaid = paidLeftMinor(group, process) > 0;
  // Given up at the door: nobody earns of it.
  const isGivenUp = !isPaid && path.dueMinor === 0 && path.refundedMinor < group.totalMinor;
  const waiting = waitingOf(chargebacks, group, path.releasedMinor);
  const shares = isGivenUp ? { commissionMinor: 0, earningsMinor: 0 } : sharesAfterRefunds(group);
  return {
    id: group.id,
    storeId: group.storeId,
    storeName: quote.storeName,
    storeSlug: quote.storeSlug,
    process: group.processName,
    state: group.state,
    stateLabel: stateLabel(process, group.state),
    isFinal: group.isFinal,
    lines: quote.lines.map((line) => ({
      id: line.lineId,
      listingId: line.listingId,
      listingSlug: line.listingSlug,
      variantId: line.variantId,
      title: line.title,
      variantTitle: line.variantTitle,
      sku: line.sku,
      imageUrl: line.imageUrl,
      kind: line.kind,
      quantity: line.quantity,
      unitPrice: amount(line.unitPriceMinor),
      discount: amount(line.discountMinor),
      total: amount(line.totalMinor),
      refundedQuantity: line.quantity - (units.get(line.lineId) ?? 0),
    })),
    shippingName: quote.shipping?.name ?? null,
    safePointId: quote.shipping?.safePointId ?? null,
    carrier: group.carrier,
    trackingNumber: group.trackingNumber,
    subtotal: amount(quote.subtotalMinor),
    discount: amount(quote.discountMinor),
    shipping: amount(quote.shippingMinor),
    taxAdded: amount(quote.taxAddedMinor),
    total: amount(group.totalMinor),
    refunded: amount(group.refundedMinor),
    due: amount(path.dueMinor),
    held: amount(path.heldMinor),
    released: amount(path.releasedMinor),
    waiting: waiting && {
      until: waiting.until,
      refund: amount(waiting.refundMinor),
      release: amount(waiting.releaseMinor),
    },
    ...(isSelling ? { commission: amount(shares.commissionMinor), earnings: amount(shares.earningsMinor) } : {}),
    dueTime: group.dueTime?.toISOString() ?? null,
    dueAction: group.dueAction,
    actions: actionsFor(process, group.state, parties),
    dispute: disputeView(group, process, currency),
    isRefundable: isSelling && isPaid,
    isShippingRefundable: isSelling && isPaid && isShippingLeft(quote, group.lineRefunds),
    returnTime: (parties.includes('buyer') ? returnTime(group, process) : null)?.toISOString() ?? null,
    timeline: group.timeline.map((entry) => timelineView(entry, process)),
  };
}

/** What these parties may do in a state, each action once. */
export function actionsFor(process: Process, state: string, parties: readonly Party[]): z.output<typeof OrderAction>[] {
  const seen = new Map(
    parties.flatMap((party) => availableActions(process, state, party)).map((each) => [each.name, each]),
  );
  return [...seen.values()].map(({ name, label, asks, isDestructive, effects }) => ({
    name,
    label,
    asks,
    isDestructive,
    givesBack: effects.includes('refund'),
  }));
}

/** What the timeline keeps for itself. */
const UNSEEN = new Set(['parts']);

function timelineView({ action, party, details, time }: TimelineRecord, process: Process): TimelineEntry {
  const seen = Object.fromEntries(Object.entries(details).filter(([name]) => !UNSEEN.has(name)));
  return {
    action,
    by: party,
    label: timelineLabel(process, action),
    details: seen,
    time: new Date(time).toISOString(),
  };
}
