import { type Context, type Handlers, newId } from '@plaza/kernel';
import { inTransaction, type Queries } from '@plaza/runtime';
import { disputeOperations, type Evidence } from '../contract/dispute.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { evidenceTime, type GroupRecord, type OrderRecord } from '../domain/order.ts';
import type { Party } from '../domain/process/process.ts';
import { errors } from '../errors.ts';
import { evidenceAdded } from '../events.ts';
import { type EvidenceRecord, insertEvidence, listDisputeRows, listEvidenceRows } from '../store/dispute.ts';
import { lockGroup } from '../store/group.ts';
import { requireOwnFiles, showEvidence } from './evidence-files.ts';
import { eventFace } from './move-group.ts';
import { openOrder, partiesOf } from './open-order.ts';

/** What both sides show while an order waits for a ruling. Opening, ruling and appealing are actions of its process. */
export function disputes(dependencies: SellingDependencies): Handlers<typeof disputeOperations> {
  const { database, processes, clock } = dependencies;
  return {
    addEvidence: inTransaction(database, disputeOperations.addEvidence, async ({ input, context, tx }) => {
      const { order, party } = await openGroup(tx, input, context);
      const group = await lockGroup(tx, tx.marketplaceId, input.groupId);
      if (group === undefined) throw errors.ORDER_NOT_FOUND({});
      const process = await processes.version(tx, tx.marketplaceId, group.processName, group.processVersion);
      const [now, until] = [clock(), evidenceTime(group, process)];
      if (until === null || (party !== 'operator' && now > until)) throw errors.EVIDENCE_CLOSED({});
      await requireOwnFiles(dependencies, input.assetIds, context);
      const evidence: EvidenceRecord = {
        id: newId('evidence'),
        party,
        memberId: context.actor.kind === 'member' ? context.actor.memberId : null,
        text: input.text,
        assetIds: input.assetIds,
        time: now,
      };
      await insertEvidence(tx, tx.marketplaceId, group.id, evidence, 'dispute');
      await tx.announce(evidenceAdded, order.id, { ...eventFace(order, group, group.state), by: party });
      if (party === 'operator')
        await tx.audit({ action: 'order.evidence', subject: order.id, actor: context.actor, details: {} });
      const [answer] = await showEvidence(dependencies, [evidence], context);
      return answer as Evidence;
    }),
    async listEvidence({ input, context }) {
      const queries = database.read(context.marketplaceId);
      await openGroup(queries, input, context);
      const page = await listEvidenceRows(queries, context.marketplaceId, input.groupId, 'dispute', {
        cursor: input.cursor,
        limit: input.limit,
      });
      return { items: await showEvidence(dependencies, page.items, context), nextCursor: page.nextCursor };
    },
    async listDisputes({ input, context }) {
      return listDisputeRows(database.read(context.marketplaceId), context.marketplaceId, {
        cursor: input.cursor,
        limit: input.limit,
      });
    },
  };
}

/** The part of an order that was named, and who the caller is to it. */
export async function openGroup(
  queries: Queries,
  { orderId, groupId }: { orderId: string; groupId: string },
  context: Context,
): Promise<{ order: OrderRecord; group: GroupRecord; party: Party }> {
  const order = await openOrder(queries, orderId, context);
  const group = order.groups.find(({ id }) => id === groupId);
  const party = group === undefined ? undefined : partiesOf(context, order, group)[0];
  if (group === undefined || party === undefined) throw errors.ORDER_NOT_FOUND({});
  return { order, group, party };
}
