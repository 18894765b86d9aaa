import { money } from '@plaza/kernel';
import type { RefundParts } from '@plaza/payments/contract';
import type { Transaction } from '@plaza/runtime';
import { type GroupRecord, type OrderRecord, partDetails } from '../domain/order.ts';
import type { Party } from '../domain/process/process.ts';
import { isContested } from '../domain/waiting.ts';
import { orderRefunded } from '../events.ts';
import { addRefunded, addTimelineEntry } from '../store/group.ts';
import { eventFace } from './move-group.ts';

export type PartRefund = {
  readonly amountMinor: number;
  /** What of it is commission and so on, when it is of certain lines. */
  readonly parts?: RefundParts;
  readonly reason: string;
  readonly party: Party;
  readonly memberId: string | null;
  readonly time: Date;
  /** The buyer has it already: it was sent in the provider's own console. */
  readonly isSent?: boolean;
};

/** What an order says of a part of a locked group that goes back: the sum, the timeline, the announcement. Moves no money. */
export async function bookPartRefund(
  tx: Transaction,
  order: OrderRecord,
  group: GroupRecord,
  refund: PartRefund,
): Promise<void> {
  const { amountMinor, reason, isSent = false } = refund;
  await addRefunded(tx, tx.marketplaceId, group.id, amountMinor);
  await notePartRefund(tx, group, refund);
  await tx.announce(orderRefunded, order.id, {
    ...eventFace(order, group, group.state),
    refunded: money(amountMinor, order.currency),
    reason,
    isWaiting: !isSent && isContested(order.chargebacks),
  });
}

/** The same where nothing goes back to the buyer: only the timeline says so. */
export async function notePartRefund(
  tx: Transaction,
  group: GroupRecord,
  { amountMinor, parts, reason, party, memberId, time }: PartRefund,
): Promise<void> {
  const details = { reason, amountMinor: String(amountMinor), ...partDetails(parts) };
  await addTimelineEntry(tx, tx.marketplaceId, group.id, { action: 'refunded', party, memberId, details, time });
}
