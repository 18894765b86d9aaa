import { type Queries, sql, type Transaction } from '@plaza/runtime';
import {
  CHAIN_START,
  type ChainedEntry,
  type ChainedTransfer,
  type ChainHead,
  type Link,
  linkAfter,
} from '../domain/chain.ts';

/** Transfers read at once, to be linked or looked over. */
const STRETCH = 1_000;

type TransferRow = {
  id: string;
  key: string;
  kind: string;
  payment_id: string | null;
  order_id: string | null;
  group_id: string | null;
  payout_id: string | null;
  created_micros: number;
  entries: ChainedEntry[] | null;
};

/** What a link covers, read from the tables as they are. */
const CHAINED = sql`t.id, t.key, t.kind, t.payment_id, t.order_id, t.group_id, t.payout_id,
  (extract(epoch from t.created_time) * 1000000)::bigint as created_micros, (
    select jsonb_agg(jsonb_build_object('accountId', e.account_id, 'stripe', e.stripe, 'version', e.version, 'currency', e.currency,
      'amountMinor', e.amount_minor, 'balanceAfterMinor', e.balance_after_minor,
      'createdMicros', (extract(epoch from e.created_time) * 1000000)::bigint) order by e.account_id, e.stripe, e.version)
    from payments.entry e where e.transfer_id = t.id
  ) as entries`;

/**
 * Links the transfers that wait, the oldest first, as many as one stretch holds, and the rest of what was posted with the
 * last of them; answers how many. The links and the end
 * of their waiting commit together. Two callers take turns, so that the chain never forks.
 */
export async function linkWaiting(tx: Transaction, time: Date): Promise<number> {
  const { marketplaceId } = tx;
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('payments.journal_link ' || ${marketplaceId}, 0))`,
  );
  const rows = await tx.rows<TransferRow & { position: number }>(sql`
    select w.position, ${CHAINED} from (
      select position, transfer_ids, sum(transfer_count) over (order by position) - transfer_count as before
      from payments.journal_waiting where marketplace_id = ${marketplaceId} order by position limit ${STRETCH}
    ) w cross join unnest(w.transfer_ids) with ordinality as waiting(id, place)
    cross join lateral (
      select * from payments.transfer where marketplace_id = ${marketplaceId} and id = waiting.id offset 0
    ) t
    where w.before < ${STRETCH} order by w.position, waiting.place`);
  if (rows.length === 0) return 0;
  let head = await readHead(tx, marketplaceId);
  const links = rows.map((row) => {
    head = linkAfter(head, chainedFrom(row));
    return { ...head, transferId: row.id };
  });
  await tx.last.execute(sql`
    insert into payments.journal_link (marketplace_id, sequence, transfer_id, hash, linked_time)
    select ${marketplaceId}, l.sequence, l.transfer_id, decode(l.hash, 'hex'), ${time}
    from unnest(${links.map(({ sequence }) => sequence)}::bigint[], ${links.map(({ transferId }) => transferId)}::uuid[],
      ${links.map(({ hash }) => hash)}::text[]) as l (sequence, transfer_id, hash)`);
  await tx.last.execute(sql`delete from payments.journal_waiting
    where marketplace_id = ${marketplaceId} and position = any(${[...new Set(rows.map(({ position }) => position))]}::bigint[])`);
  return rows.length;
}

/** The end of the chain. */
export async function readHead(queries: Queries, marketplaceId: string): Promise<ChainHead> {
  const row = await queries.row<ChainHead>(sql`
    select sequence, encode(hash, 'hex') as hash from payments.journal_link
    where marketplace_id = ${marketplaceId} order by sequence desc limit 1`);
  return row ?? CHAIN_START;
}

/** A link, and the transfer it was made for, which may be gone. */
export type LinkOf = Link & { readonly transferId: string };

/** The links behind `after` in their order, with their transfers as they are now; at most one stretch. */
export async function readLinks(queries: Queries, marketplaceId: string, after: number): Promise<LinkOf[]> {
  const rows = await queries.rows<TransferRow & { sequence: number; hash: string; transfer_id: string }>(sql`
    select l.sequence, encode(l.hash, 'hex') as hash, l.transfer_id, ${CHAINED} from (
      select sequence, hash, transfer_id from payments.journal_link
      where marketplace_id = ${marketplaceId} and sequence > ${after} order by sequence limit ${STRETCH}
    ) l left join payments.transfer t on t.marketplace_id = ${marketplaceId} and t.id = l.transfer_id order by l.sequence`);
  return rows.map((row) => ({
    sequence: row.sequence,
    hash: row.hash,
    transferId: row.transfer_id,
    transfer: row.id === null ? null : chainedFrom(row),
  }));
}

/** Whether any transfer waits to be linked. */
export async function hasWaiting(queries: Queries, marketplaceId: string): Promise<boolean> {
  const { some } = await queries.one<{ some: boolean }>(
    sql`select exists (select from payments.journal_waiting where marketplace_id = ${marketplaceId}) as some`,
  );
  return some;
}

/** How many transfers wait to be linked, and since when the oldest does. */
export async function readWaiting(
  queries: Queries,
  marketplaceId: string,
): Promise<{ count: number; since: Date | null }> {
  return queries.one(sql`
    select coalesce(sum(transfer_count), 0)::bigint as count, min(created_time) as since from payments.journal_waiting where marketplace_id = ${marketplaceId}`);
}

/** A transfer that is neither linked nor waiting, which posting cannot leave behind; undefined as it must be. */
export async function findOutside(queries: Queries, marketplaceId: string): Promise<string | undefined> {
  const row = await queries.row<{ id: string }>(sql`
    with waiting as (
      select unnest(transfer_ids) as id from payments.journal_waiting where marketplace_id = ${marketplaceId}
    )
    select id from payments.transfer t where marketplace_id = ${marketplaceId}
      and not exists (select from payments.journal_link l where l.marketplace_id = t.marketplace_id and l.transfer_id = t.id)
      and not exists (select from waiting w where w.id = t.id)
    order by id limit 1`);
  return row?.id;
}

function chainedFrom(row: TransferRow): ChainedTransfer {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    paymentId: row.payment_id,
    orderId: row.order_id,
    groupId: row.group_id,
    payoutId: row.payout_id,
    createdMicros: row.created_micros,
    entries: row.entries ?? [],
  };
}
