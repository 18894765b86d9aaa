import type { Transaction } from '@plaza/runtime';
import type { GroupRecord, OrderRecord } from '../domain/order.ts';
import type { Party, PlainEffect } from '../domain/process/process.ts';
import { orderMoved } from '../events.ts';
import { addEffects } from '../store/effect.ts';
import { addTimelineEntry, moveGroup } from '../store/group.ts';
import { eventFace } from './move-group.ts';

/**
 * Ends a locked group for a reason that no process knows: all of it came back, or a bank took its money. From wherever it
 * stands, also from an end it had reached before. The timeline says why.
 */
export async function endGroup(
  tx: Transaction,
  order: OrderRecord,
  group: GroupRecord,
  end: {
    readonly state: 'returned' | 'reversed';
    readonly party: Party;
    readonly refundedMinor: number;
    readonly details: Readonly<Record<string, string>>;
    readonly effects: readonly PlainEffect[];
    readonly time: Date;
  },
): Promise<void> {
  const { marketplaceId } = tx;
  const { state, party, details, effects, time } = end;
  await moveGroup(
    tx,
    marketplaceId,
    group.id,
    {
      state,
      isFinal: true,
      dueAction: null,
      dueTime: null,
      refundedMinor: end.refundedMinor,
      ruling: group.ruling,
      disputeTime: null,
      carrier: null,
      trackingNumber: null,
    },
    time,
  );
  await addTimelineEntry(tx, marketplaceId, group.id, { action: state, party, memberId: null, details, time });
  const inputs = effects.map((kind) => ({ kind, input: {} }));
  if (inputs.length > 0) await addEffects(tx, marketplaceId, group.id, inputs, time);
  await tx.announce(orderMoved, order.id, {
    ...eventFace(order, group, state),
    action: state,
    by: party,
    isFinal: true,
    details: {},
  });
}
