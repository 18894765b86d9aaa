import { createHash } from 'node:crypto';
import { type Currency, type Id, type LocalizedText, money, typeableCode } from '@plaza/kernel';
import { type RefundParts, type Shares, sellerMinor, subtractShares, takeShares } from '@plaza/payments/contract';
import type { z } from 'zod';
import type { ShippingAddress } from '../contract/checkout.ts';
import type { TaxDetails } from '../contract/document.ts';
import type { Order, OrderAction, ShipmentGroup, TimelineEntry } from '../contract/order.ts';
import { isShippingLeft, type LineRefund, unitsLeft } from './line-refund.ts';
import { moneyPath, paidLeftMinor } from './money-path.ts';
import { availableActions, happenedLabel, type Party, type Process } from './process/process.ts';
import type { QuoteGroup } from './quote.ts';
import type { RulingRecord } from './ruling.ts';

/** A shipment group as the database keeps it. */
export type GroupRecord = {
  readonly id: Id<'shipmentGroup'>;
  readonly orderId: Id<'order'>;
  readonly storeId: Id<'store'>;
  readonly sellerMemberId: Id<'member'>;
  readonly processName: string;
  readonly processVersion: string;
  readonly state: string;
  readonly isFinal: boolean;
  readonly dueAction: string | null;
  readonly dueTime: Date | null;
  readonly quote: QuoteGroup;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  /** The last ruling; null before there is one. */
  readonly ruling: RulingRecord | null;
  /** Since when a ruling is waited for; null while none is. */
  readonly disputeTime: Date | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly version: number;
  /** When its state was entered. */
  readonly stateTime: Date;
  readonly timeline: readonly TimelineRecord[];
  /** What was given back by line; empty where the group was read without it. */
  readonly lineRefunds: readonly LineRefund[];
  /** Whether a return is open; false where the group was read without it. */
  readonly hasOpenReturn: boolean;
};

export type TimelineRecord = {
  readonly action: string;
  readonly party: Party;
  readonly details: Readonly<Record<string, string>>;
  readonly time: string;
};

export type OrderRecord = {
  readonly id: Id<'order'>;
  readonly number: string;
  readonly paymentMethod: {
    readonly kind: string;
    readonly brand: string | null;
    readonly last4: string | null;
    /** What of the total the buyer's wallet paid; left out by orders from before there were wallets. */
    readonly walletMinor?: number;
  } | null;
  readonly buyerMemberId: Id<'member'> | null;
  readonly guestId: string | null;
  /** Guest tokens and members that opened it by a mailed link: its buyers too. */
  readonly openedBy: readonly string[];
  readonly email: string | null;
  readonly locale: string;
  readonly address: ShippingAddress | null;
  readonly note: string | null;
  /** Whom the invoices are made out to, if the buyer said so when buying. */
  readonly invoiceDetails: TaxDetails | null;
  readonly currency: Currency;
  readonly taxIncludedMinor: number;
  readonly placedTime: Date;
  readonly groups: readonly GroupRecord[];
  readonly chargebacks: readonly ChargebackRecord[];
};

/** A claim of the buyer's bank on the order's payment, as payments tells of it. */
export type ChargebackRecord = {
  readonly id: Id<'chargeback'>;
  readonly state: 'opened' | 'won' | 'lost';
  readonly isSettled: boolean;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly reason: string;
  readonly evidenceDueTime: Date | null;
};

/** What people call an order: two letters of the marketplace and eight of its id's random end (Crockford's base 32). */
export function orderNumber(marketplaceId: string, orderId: string): string {
  return `${marketplaceId.slice(0, 2)}-${orderId.slice(-8)}`.toUpperCase();
}

/** A license key to type in: sixteen of Crockford's letters from the license's id and the installation's secret. */
export function licenseKey(licenseId: string, secret: string): string {
  const bytes = createHash('sha256').update(`${secret}\nlicense\n${licenseId}`).digest();
  return (typeableCode(bytes.subarray(0, 16)).match(/.{4}/g) ?? []).join('-');
}

/** Which process a group of these kinds runs by: what must be shipped decides, then services, then downloads. */
export function processNameFor(
  kinds: readonly string[],
  processes: Readonly<Partial<Record<string, string>>>,
): string | undefined {
  const kind = ['physical', 'service', 'digital'].find((each) => kinds.includes(each)) ?? 'physical';
  return processes[kind] ?? processes.physical ?? processes.digital ?? processes.service;
}

/** What the buyer paid for a group and has not got back. */
export function leftMinor({ totalMinor, refundedMinor }: Pick<GroupRecord, 'totalMinor' | 'refundedMinor'>): number {
  return totalMinor - refundedMinor;
}

/**
 * Who has what of a group after its refunds, in minor units: the commission with its tax, and the seller. Each refund
 * in part is on the timeline, and divides by the rule of payments; the whole given back leaves nothing to anybody.
 */
export function sharesAfterRefunds({ quote, totalMinor, refundedMinor, timeline }: GroupRecord): {
  commissionMinor: number;
  earningsMinor: number;
} {
  const isBorne = timeline.some(({ details }) => details.borneMinor !== undefined);
  if (refundedMinor > 0 && refundedMinor === totalMinor && !isBorne) return { commissionMinor: 0, earningsMinor: 0 };
  const all: Shares = {
    buyerMinor: totalMinor,
    fundedMinor: quote.platformFundedMinor,
    commissionMinor: quote.commissionMinor + quote.commissionVatMinor,
    taxMinor: quote.taxAddedMinor,
  };
  const left = timeline.reduce((rest, { details }) => {
    // The bank gave it to the buyer, and the platform bears it: the seller keeps what it was.
    const borneMinor = Number(details.borneMinor ?? 0);
    if (borneMinor > 0) return bornByPlatform(rest, borneMinor);
    if (details.amountMinor === undefined) return rest;
    return subtractShares(rest, takeShares(rest, Number(details.amountMinor), partsOf(details)));
  }, all);
  return { commissionMinor: left.commissionMinor, earningsMinor: sellerMinor(left) };
}

/** What the buyer had becomes the platform's to pay, so that nobody else has less of it. */
function bornByPlatform({ buyerMinor, fundedMinor, ...others }: Shares, amountMinor: number): Shares {
  return { ...others, buyerMinor: buyerMinor - amountMinor, fundedMinor: fundedMinor + amountMinor };
}

/** The parts of a refund of lines, as the timeline keeps them, so that what is left to whom can be said again. */
export function partDetails(parts: RefundParts | undefined): Record<string, string> {
  if (parts === undefined) return {};
  const { fundedMinor, commissionMinor, taxMinor } = parts;
  return { parts: [fundedMinor, commissionMinor, taxMinor].join(' ') };
}

function partsOf({ parts }: Readonly<Record<string, string>>): RefundParts | undefined {
  if (parts === undefined) return undefined;
  const [fundedMinor = 0, commissionMinor = 0, taxMinor = 0] = parts.split(' ').map(Number);
  return { fundedMinor, commissionMinor, taxMinor };
}

/** What the timeline keeps for itself. */
const UNSEEN = new Set(['parts']);

/** Ends that no process knows: reached when all of it came back, or a bank took its money back. */
const OWN_STATES: Readonly<Record<string, LocalizedText>> = {
  returned: {
    en: 'Returned; money back',
    th: 'คืนของแล้ว (คืนเงิน)',
    es: 'Devuelto; dinero reembolsado',
    ja: '返品（返金済み）',
  },
  reversed: {
    en: 'Charged back by the bank',
    th: 'ธนาคารเรียกเงินคืน',
    es: 'Contracargo del banco',
    ja: '銀行によるチャージバック',
  },
};

/** A state in words: the process's own, or ours. */
export function stateLabel(process: Process, state: string): LocalizedText {
  return process.states[state]?.label ?? OWN_STATES[state] ?? { en: state };
}

/** Labels of what happens outside a process. */
const OWN_LABELS: Readonly<Record<string, LocalizedText>> = {
  placed: { en: 'Placed and paid', th: 'สั่งซื้อและชำระเงินแล้ว', es: 'Realizado y pagado', ja: '注文・支払い済み' },
  placedDue: {
    en: 'Placed; paid at the door',
    th: 'สั่งซื้อแล้ว (เก็บเงินปลายทาง)',
    es: 'Realizado; se paga al recibir',
    ja: '注文済み（代金引換）',
  },
  refunded: { en: 'Part refunded', th: 'คืนเงินบางส่วน', es: 'Reembolso parcial', ja: '一部返金' },
  returnAsked: { en: 'Return asked for', th: 'ขอคืนสินค้า', es: 'Devolución solicitada', ja: '返品を申請' },
  ...OWN_STATES,
  chargebackOpened: {
    en: 'The bank has a claim on the payment',
    th: 'ธนาคารขอเรียกเงินคืน',
    es: 'El banco reclama el pago',
    ja: '銀行から支払いへの異議',
  },
  chargebackWon: {
    en: 'The bank’s claim was turned down',
    th: 'คำขอเรียกเงินคืนถูกปฏิเสธ',
    es: 'Se rechazó el reclamo del banco',
    ja: '銀行の異議は退けられました',
  },
  chargebackLost: {
    en: 'The bank’s claim was upheld',
    th: 'ธนาคารเรียกเงินคืนสำเร็จ',
    es: 'El banco ganó el reclamo',
    ja: '銀行の異議が認められました',
  },
  chargedBack: {
    en: 'Part taken back by the bank',
    th: 'ธนาคารเรียกเงินคืนบางส่วน',
    es: 'El banco recuperó una parte',
    ja: '銀行が一部を取り戻し',
  },
};

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
    groups: visible.map((group) => groupView(group, reader.parties(group), processOf(group), order.currency)),
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

/** Until when the buyer may ask to send something of it back; null when that is not so now. */
export function returnTime(group: GroupRecord, { returns }: Process): Date | null {
  if (returns === undefined || !returns.from.includes(group.state) || group.hasOpenReturn) return null;
  const units = unitsLeft(group.quote, group.lineRefunds);
  const hasGoods = group.quote.lines.some(({ kind, lineId }) => kind === 'physical' && (units.get(lineId) ?? 0) > 0);
  if (!hasGoods || leftMinor(group) === 0) return null;
  return new Date(group.stateTime.getTime() + returns.withinHours * 3_600_000);
}

function paymentView({ paymentMethod, currency }: OrderRecord): Order['payment'] {
  if (paymentMethod === null) return null;
  const { walletMinor = 0, ...method } = paymentMethod;
  return { ...method, fromWallet: money(walletMinor, currency) };
}

/** When evidence can no longer be shown, in a state that waits for a ruling; null in any other. */
export function evidenceTime({ state, disputeTime }: GroupRecord, process: Process): Date | null {
  const hours = process.states[state]?.evidenceHours;
  return hours === undefined || disputeTime === null ? null : new Date(disputeTime.getTime() + hours * 3_600_000);
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
  currency: Currency,
): ShipmentGroup {
  const { quote } = group;
  const units = unitsLeft(quote, group.lineRefunds);
  const amount = (minor: number) => money(minor, currency);
  const isSelling = isSellingTo(parties);
  const path = moneyPath(group, process);
  const isPaid = paidLeftMinor(group, process) > 0;
  // Given up at the door: nobody earns of it.
  const isGivenUp = !isPaid && path.dueMinor === 0 && path.refundedMinor < group.totalMinor;
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

function timelineView({ action, party, details, time }: TimelineRecord, process: Process): TimelineEntry {
  const own = action === 'placed' && process.paid === 'onDelivery' ? 'placedDue' : action;
  const label = OWN_LABELS[own] ?? happenedLabel(process, action) ?? { en: action };
  const seen = Object.fromEntries(Object.entries(details).filter(([name]) => !UNSEEN.has(name)));
  return { action, by: party, label, details: seen, time: new Date(time).toISOString() };
}
