import { createHash } from 'node:crypto';
import { type Currency, type Id, typeableCode } from '@plaza/kernel';
import {
  bornByPlatform,
  type RefundParts,
  type Shares,
  sellerMinor,
  subtractShares,
  takeShares,
} from '@plaza/payments/contract';
import type { ShippingAddress } from '../contract/checkout.ts';
import type { TaxDetails } from '../contract/document.ts';
import { type LineRefund, unitsLeft } from './line-refund.ts';
import type { Party, Process } from './process/process.ts';
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
  /** What it has set off and is not done yet; empty where the group was read without it. */
  readonly undone: readonly UndoneEffect[];
};

export type UndoneEffect = { readonly kind: string; readonly input: { readonly amountMinor?: number } };

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
  // What remains of it may be the seller's all the same: a platform bears it, or its discount paid for the rest.
  const mayRemain = timeline.some(({ details }) => details.borneMinor !== undefined || details.parts !== undefined);
  if (refundedMinor > 0 && refundedMinor === totalMinor && !mayRemain) return { commissionMinor: 0, earningsMinor: 0 };
  const all: Shares = {
    buyerMinor: totalMinor,
    fundedMinor: quote.platformFundedMinor,
    commissionMinor: quote.commissionMinor + quote.commissionVatMinor,
    taxMinor: quote.taxAddedMinor,
  };
  let borneMinor = 0;
  const left = timeline.reduce((rest, { details }) => {
    // The bank gave it to the buyer, and the platform bears it: the seller keeps what it was.
    const bornMinor = Number(details.borneMinor ?? 0);
    borneMinor += bornMinor;
    if (bornMinor > 0) return bornByPlatform(rest, bornMinor);
    if (details.amountMinor === undefined) return rest;
    return subtractShares(rest, takeShares(rest, Number(details.amountMinor), partsOf(details), borneMinor));
  }, all);
  return { commissionMinor: left.commissionMinor, earningsMinor: sellerMinor(left) };
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

/** Until when the buyer may ask to send something of it back; null when that is not so now. */
export function returnTime(group: GroupRecord, { returns }: Process): Date | null {
  if (returns === undefined || !returns.from.includes(group.state) || group.hasOpenReturn) return null;
  const units = unitsLeft(group.quote, group.lineRefunds);
  const hasGoods = group.quote.lines.some(({ kind, lineId }) => kind === 'physical' && (units.get(lineId) ?? 0) > 0);
  if (!hasGoods || leftMinor(group) === 0) return null;
  return new Date(group.stateTime.getTime() + returns.withinHours * 3_600_000);
}

/** When evidence can no longer be shown, in a state that waits for a ruling; null in any other. */
export function evidenceTime({ state, disputeTime }: GroupRecord, process: Process): Date | null {
  const hours = process.states[state]?.evidenceHours;
  return hours === undefined || disputeTime === null ? null : new Date(disputeTime.getTime() + hours * 3_600_000);
}
