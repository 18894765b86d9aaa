import { type Id, idFromUuid, idOfCursor, pageFrom, timeAndIdOfCursor, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { Dispute } from '../contract/dispute.ts';
import type { Party } from '../domain/process/process.ts';

export type EvidenceRecord = {
  readonly id: Id<'evidence'>;
  readonly party: Party;
  readonly memberId: Id<'member'> | null;
  readonly text: string;
  readonly assetIds: readonly Id<'asset'>[];
  readonly time: Date;
};

/** For whom it was shown: both sides of a dispute, or the bank, through an operator. */
export type EvidencePurpose = 'dispute' | 'chargeback';

type Page = { readonly cursor: string | undefined; readonly limit: number };

/** Writes what one side showed. It is never changed. */
export async function insertEvidence(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
  evidence: EvidenceRecord,
  purpose: EvidencePurpose,
): Promise<void> {
  await queries.execute(sql`
    insert into orders.evidence (marketplace_id, group_id, id, party, member_id, text, asset_ids, time, purpose)
    values (${marketplaceId}, ${uuidFromId(groupId)}, ${uuidFromId(evidence.id)}, ${evidence.party},
      ${evidence.memberId === null ? null : uuidFromId(evidence.memberId)}, ${evidence.text},
      ${evidence.assetIds.map((id) => uuidFromId(id))}::uuid[], ${evidence.time}, ${purpose})`);
}

/** A page of what was shown about a group, the oldest first: ids are in the order of time (UUIDv7, RFC 9562). */
export async function listEvidenceRows(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
  purpose: EvidencePurpose,
  { cursor, limit }: Page,
): Promise<{ items: EvidenceRecord[]; nextCursor: string | null }> {
  const afterId = idOfCursor(cursor);
  const after = afterId === null ? sql`` : sql`and id > ${afterId}::uuid`;
  const rows = await queries.rows<{
    id: string;
    party: Party;
    member_id: string | null;
    text: string;
    asset_ids: string[];
    time: Date;
  }>(sql`
    select id, party, member_id, text, asset_ids, time from orders.evidence
    where marketplace_id = ${marketplaceId} and group_id = ${uuidFromId(groupId)} and purpose = ${purpose} ${after}
    order by id limit ${limit + 1}`);
  return pageFrom(
    rows,
    limit,
    (row) => [row.id],
    (row) => ({
      id: idFromUuid('evidence', row.id),
      party: row.party,
      memberId: row.member_id === null ? null : idFromUuid('member', row.member_id),
      text: row.text,
      assetIds: row.asset_ids.map((id) => idFromUuid('asset', id)),
      time: row.time,
    }),
  );
}

/** A page of groups that wait for a ruling, the longest waiting first, each with the reason that was last given. One statement. */
export async function listDisputeRows(
  queries: Queries,
  marketplaceId: string,
  { cursor, limit }: Page,
): Promise<{ items: Dispute[]; nextCursor: string | null }> {
  const [time, id] = timeAndIdOfCursor(cursor);
  const after = time === null ? sql`` : sql`and (g.dispute_time, g.id) > (${time}::timestamptz, ${id}::uuid)`;
  const rows = await queries.rows<{
    id: string;
    order_id: string;
    number: string;
    currency: Dispute['held']['currency'];
    store_name: string;
    title: string;
    state: string;
    left_minor: number;
    reason: string | null;
    dispute_time: Date;
  }>(sql`
    select g.id, g.order_id, o.number, o.currency, g.quote->>'storeName' as store_name, g.quote->'lines'->0->>'title' as title, g.state,
      g.total_minor - g.refunded_minor as left_minor, g.dispute_time,
      (select e.details->>'reason' from orders.timeline_entry e
        where e.marketplace_id = g.marketplace_id and e.group_id = g.id and e.details ? 'reason' order by e.id desc limit 1) as reason
    from orders.shipment_group g join orders.placed_order o on o.marketplace_id = g.marketplace_id and o.id = g.order_id
    where g.marketplace_id = ${marketplaceId} and g.dispute_time is not null ${after}
    order by g.dispute_time, g.id limit ${limit + 1}`);
  return pageFrom(
    rows,
    limit,
    (row) => [row.dispute_time.toISOString(), row.id],
    (row) => ({
      orderId: idFromUuid('order', row.order_id),
      groupId: idFromUuid('shipmentGroup', row.id),
      number: row.number,
      storeName: row.store_name,
      title: row.title,
      state: row.state,
      held: { amountMinor: row.left_minor, currency: row.currency },
      reason: row.reason,
      disputeTime: row.dispute_time.toISOString(),
    }),
  );
}
