import { asService, type Context, type Handlers, type Id, invalidInput, newId } from '@plaza/kernel';
import { inTransaction, type Queries } from '@plaza/runtime';
import { disputeOperations, type Evidence } from '../contract/dispute.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { evidenceTime, type OrderRecord } from '../domain/order.ts';
import type { Party } from '../domain/process/process.ts';
import { errors } from '../errors.ts';
import { evidenceAdded } from '../events.ts';
import { type EvidenceRecord, insertEvidence, listDisputeRows, listEvidenceRows } from '../store/dispute.ts';
import { lockGroup } from '../store/order.ts';
import { eventFace } from './move-group.ts';
import { openOrder, partiesOf } from './open-order.ts';

/** A link to a file that was shown works this long. */
const LINK_SECONDS = 600;

/** What both sides show while an order waits for a ruling. Opening, ruling and appealing are actions of its process. */
export function disputes(dependencies: SellingDependencies): Handlers<typeof disputeOperations> {
  const { database, processes, media, clock } = dependencies;

  /** Of a member's own uploads, or none at all: nobody shows a file by guessing its id. */
  const requireOwnFiles = async (assetIds: readonly Id<'asset'>[], context: Context): Promise<void> => {
    if (assetIds.length === 0) return;
    const { actor } = context;
    const own =
      actor.kind === 'member'
        ? await media.getAssets(
            { assetIds: [...assetIds], ownerMemberId: actor.memberId },
            asService('orders', context),
          )
        : { items: [] };
    const usable = new Set<string>(own.items.filter(({ purpose }) => purpose === 'evidence').map(({ id }) => id));
    const stray = assetIds.findIndex((id) => !usable.has(id));
    if (stray >= 0)
      throw invalidInput([
        {
          pointer: `/assetIds/${stray}`,
          code: 'unknown',
          detail: 'is not an upload of yours with the purpose evidence',
        },
      ]);
  };

  return {
    addEvidence: inTransaction(database, disputeOperations.addEvidence, async ({ input, context, tx }) => {
      const { order, party } = await openGroup(tx, input, context);
      const group = await lockGroup(tx, tx.marketplaceId, input.groupId);
      if (group === undefined) throw errors.ORDER_NOT_FOUND({});
      const process = await processes.version(tx, tx.marketplaceId, group.processName, group.processVersion);
      const [now, until] = [clock(), evidenceTime(group, process)];
      if (until === null || (party !== 'operator' && now > until)) throw errors.EVIDENCE_CLOSED({});
      await requireOwnFiles(input.assetIds, context);
      const evidence: EvidenceRecord = {
        id: newId('evidence'),
        party,
        memberId: context.actor.kind === 'member' ? context.actor.memberId : null,
        text: input.text,
        assetIds: input.assetIds,
        time: now,
      };
      await insertEvidence(tx, tx.marketplaceId, group.id, evidence);
      await tx.announce(evidenceAdded, order.id, { ...eventFace(order, group, group.state), by: party });
      if (party === 'operator')
        await tx.audit({ action: 'order.evidence', subject: order.id, actor: context.actor, details: {} });
      const [answer] = await shown(dependencies, [evidence], context);
      return answer as Evidence;
    }),
    async listEvidence({ input, context }) {
      const queries = database.read(context.marketplaceId);
      await openGroup(queries, input, context);
      const page = await listEvidenceRows(queries, context.marketplaceId, input.groupId, {
        cursor: input.cursor,
        limit: input.limit,
      });
      return { items: await shown(dependencies, page.items, context), nextCursor: page.nextCursor };
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
async function openGroup(
  queries: Queries,
  { orderId, groupId }: { orderId: string; groupId: string },
  context: Context,
): Promise<{ order: OrderRecord; party: Party }> {
  const order = await openOrder(queries, orderId, context);
  const group = order.groups.find(({ id }) => id === groupId);
  const party = group === undefined ? undefined : partiesOf(context, order, group)[0];
  if (group === undefined || party === undefined) throw errors.ORDER_NOT_FOUND({});
  return { order, party };
}

/** Evidence with links to its files: all files of a page are asked for at once. */
async function shown(
  { media }: SellingDependencies,
  records: readonly EvidenceRecord[],
  context: Context,
): Promise<Evidence[]> {
  const service = asService('orders', context);
  const assetIds = [...new Set(records.flatMap((record) => record.assetIds))] as Id<'asset'>[];
  const { items } = assetIds.length === 0 ? { items: [] } : await media.getAssets({ assetIds }, service);
  const files = await Promise.all(
    items.map(async ({ id, filename, contentType }) => {
      const link = { assetId: id, filename, expiresInSeconds: LINK_SECONDS };
      return { id: id as string, filename, contentType, url: (await media.createDownloadUrl(link, service)).url };
    }),
  );
  return records.map((record) => ({
    id: record.id as Id<'evidence'>,
    by: record.party,
    text: record.text,
    files: files.filter(({ id }) => record.assetIds.includes(id)).map(({ id: _, ...file }) => file),
    time: record.time.toISOString(),
  }));
}
