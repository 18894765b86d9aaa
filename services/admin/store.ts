import { type Actor, decodeCursor, idFromUuid, newId, pageFrom, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import { z } from 'zod';
import type { AuditEntry } from './contract.ts';
import { CHAIN_START, type ChainContent, linkHash } from './domain/chain.ts';

type Row = {
  sequence: number;
  id: string;
  action: string;
  subject: string;
  actor: Actor;
  details: Record<string, unknown>;
  time: string;
  hash: string;
};

/** Adds one entry at the end of the marketplace's chain; others wait their turn on the head's row. */
export async function appendAuditEntry(tx: Transaction, entry: Omit<ChainContent, 'sequence'>): Promise<void> {
  await tx.execute(
    sql`insert into admin.audit_head (marketplace_id, sequence, hash) values (${tx.marketplaceId}, 0, ${CHAIN_START}) on conflict do nothing`,
  );
  const head = await tx.one<{ sequence: number; hash: string }>(
    sql`select sequence, hash from admin.audit_head where marketplace_id = ${tx.marketplaceId} for update`,
  );
  const sequence = head.sequence + 1;
  const hash = linkHash(head.hash, { ...entry, sequence });
  await tx.execute(sql`
    insert into admin.audit_entry (marketplace_id, sequence, id, action, subject, actor, details, time, hash)
    values (${tx.marketplaceId}, ${sequence}, ${uuidFromId(newId('audit'))}, ${entry.action}, ${entry.subject},
      ${JSON.stringify(entry.actor)}, ${JSON.stringify(entry.details)}, ${entry.time}, ${hash})`);
  await tx.execute(
    sql`update admin.audit_head set sequence = ${sequence}, hash = ${hash} where marketplace_id = ${tx.marketplaceId}`,
  );
}

/** The place in the chain. */
const SequenceKeys = z.tuple([z.int()]);

/** Newest first, by sequence. */
export async function listAuditEntries(
  queries: Queries,
  marketplaceId: string,
  { limit, cursor, subject }: { limit: number; cursor?: string | undefined; subject?: string | undefined },
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const [before] = decodeCursor(cursor, SequenceKeys) ?? [Number.MAX_SAFE_INTEGER];
  // Left out, not switched off by a null: one plan for both would not use the index of a subject's entries.
  const ofSubject = subject === undefined ? sql`` : sql`and subject = ${subject}`;
  const rows = await queries.rows<Row>(sql`
    select sequence, id, action, subject, actor, details, time, hash from admin.audit_entry
    where marketplace_id = ${marketplaceId} and sequence < ${before} ${ofSubject}
    order by sequence desc limit ${limit + 1}`);
  return pageFrom(
    rows,
    limit,
    (row) => [row.sequence],
    (row) => ({ ...row, id: idFromUuid('audit', row.id) }),
  );
}

/** A stretch of the chain in order, for verifying it piece by piece. */
export async function readChain(queries: Queries, marketplaceId: string, after: number, limit: number): Promise<Row[]> {
  return queries.rows<Row>(sql`
    select sequence, id, action, subject, actor, details, time, hash from admin.audit_entry
    where marketplace_id = ${marketplaceId} and sequence > ${after} order by sequence limit ${limit}`);
}
