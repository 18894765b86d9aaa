import { type Currency, type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { CommissionEntry } from '../domain/document/commission.ts';

/** Writes down what was charged or returned; once by its id. */
export async function insertCommissionEntry(
  queries: Queries,
  marketplaceId: string,
  entry: CommissionEntry,
): Promise<void> {
  await queries.execute(sql`
    insert into orders.commission_entry (marketplace_id, kind, id, store_id, group_id, order_number, currency, commission_minor, vat_minor, time)
    values (${marketplaceId}, ${entry.kind}, ${uuidFromId(entry.id)}, ${uuidFromId(entry.storeId)}, ${uuidFromId(entry.groupId)},
      ${entry.orderNumber}, ${entry.currency}, ${entry.commissionMinor}, ${entry.vatMinor}, ${entry.time})
    on conflict do nothing`);
}

/** What a group was charged in all, less what returned. */
export async function chargedToGroup(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
): Promise<{ commissionMinor: number; vatMinor: number }> {
  const row = await queries.one<{ commission: number; vat: number }>(sql`
    select coalesce(sum(commission_minor), 0)::bigint as commission, coalesce(sum(vat_minor), 0)::bigint as vat
    from orders.commission_entry where marketplace_id = ${marketplaceId} and group_id = ${uuidFromId(groupId)}`);
  return { commissionMinor: row.commission, vatMinor: row.vat };
}

/** Stores that were charged before `before` and have no document for it yet, with the time of the oldest charge. */
export async function storesToInvoice(
  queries: Queries,
  marketplaceId: string,
  before: Date,
  limit: number,
): Promise<{ storeId: Id<'store'>; currency: Currency; oldest: Date }[]> {
  const rows = await queries.rows<{ store_id: string; currency: Currency; oldest: Date }>(sql`
    select store_id, currency, min(time) as oldest from orders.commission_entry
    where marketplace_id = ${marketplaceId} and document_id is null and time < ${before}
    group by store_id, currency order by store_id, currency limit ${limit}`);
  return rows.map(({ store_id, ...row }) => ({ storeId: idFromUuid('store', store_id), ...row }));
}

type EntryRow = {
  kind: CommissionEntry['kind'];
  id: string;
  group_id: string;
  order_number: string;
  commission_minor: number;
  vat_minor: number;
  time: Date;
};

/** Takes a store's charges before `before` for a document, which is yet to be written in this transaction. Oldest first. */
export async function lockCharges(
  queries: Queries,
  marketplaceId: string,
  { storeId, currency, before }: { storeId: Id<'store'>; currency: Currency; before: Date },
): Promise<CommissionEntry[]> {
  const rows = await queries.rows<EntryRow>(sql`
    select kind, id, group_id, order_number, commission_minor, vat_minor, time from orders.commission_entry
    where marketplace_id = ${marketplaceId} and store_id = ${uuidFromId(storeId)} and currency = ${currency} and document_id is null
      and time < ${before} order by time, kind, id for update`);
  return rows.map((row) => ({
    kind: row.kind,
    id: idFromUuid(row.kind === 'release' ? 'shipmentGroup' : 'refund', row.id),
    storeId,
    groupId: idFromUuid('shipmentGroup', row.group_id),
    orderNumber: row.order_number,
    currency,
    commissionMinor: row.commission_minor,
    vatMinor: row.vat_minor,
    time: row.time,
  }));
}

/** Says which document charged them; of charges that cancel each other out, none did, and it bears the nil UUID. */
export async function markCharged(
  queries: Queries,
  marketplaceId: string,
  entries: readonly CommissionEntry[],
  documentId: string | null,
): Promise<void> {
  const keys = entries.map(({ kind, id }) => ({ kind, id: uuidFromId(id) }));
  const document = documentId === null ? '00000000-0000-0000-0000-000000000000' : uuidFromId(documentId);
  await queries.execute(sql`
    update orders.commission_entry e set document_id = ${document}
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(kind text, id uuid)
    where e.marketplace_id = ${marketplaceId} and e.kind = k.kind and e.id = k.id`);
}
