import { setTimeout as delay } from 'node:timers/promises';
import { type Actor, type EventDefinition, invariant, newId } from '@plaza/kernel';
import type pg from 'pg';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import { auditRecorded } from '../events/audit.ts';
import type { Scope, ScopedPool } from './pool.ts';

/** Statements on a connection that sees one marketplace's rows. */
export type Queries = {
  rows<Row>(query: Sql): Promise<Row[]>;
  /** The first row, or undefined. */
  row<Row>(query: Sql): Promise<Row | undefined>;
  /** The only row; anything else is a bug. */
  one<Row>(query: Sql): Promise<Row>;
  /** How many rows were touched. */
  execute(query: Sql): Promise<number>;
};

export type AuditEntry = {
  readonly action: string;
  readonly subject: string;
  readonly actor: Actor;
  readonly details?: Record<string, unknown>;
};

/** A unit of work. What it announces is stored with its changes: both commit, or neither. */
export type Transaction = Queries & {
  readonly marketplaceId: string;
  announce<E extends EventDefinition>(event: E, subject: string, data: z.input<E['data']>): Promise<void>;
  /** Records an act for the hash-chained audit log of the admin service. */
  audit(entry: AuditEntry): Promise<void>;
  /** Is sent together with the commit, after all else: for what `work` need not see the result of. */
  beforeCommit(statement: Sql): void;
  /** Runs after the commit, and only then. For waking things up; nothing that must not be lost. */
  afterCommit(work: () => void): void;
};

export type Database = {
  /** The schema of the service this database handle belongs to. */
  readonly schema: string;
  /** Single statements, each on its own. */
  read(marketplaceId: string): Queries;
  /** All or nothing. Retried when PostgreSQL asks for it (40001, 40P01), so `work` must be repeatable. */
  transaction<T>(marketplaceId: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** The runtime's own tables across marketplaces; protected tables still show nothing here. */
  system<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
};

const ATTEMPTS_MAX = 6;

/** The database of one service, on a pool that services of the same process may share. `onAnnounce` wakes the relay. */
export function createDatabase(pool: ScopedPool, schema: string, onAnnounce: () => void): Database {
  const queriesOn = (client: pg.PoolClient): Queries => queriesFrom((query) => pool.query(client, query));
  const scoped = (marketplaceId: string): Scope => {
    invariant(marketplaceId !== '', 'a query must name its marketplace');
    return { marketplaceId, isSystem: false };
  };

  async function attempt<T>(marketplaceId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const announced: unknown[] = [];
    const last: Sql[] = [];
    const afterCommit: (() => void)[] = [];
    const result = await pool.use(scoped(marketplaceId), async (client) => {
      let opening: Promise<pg.QueryResult> | undefined;
      // Statements sent at the same time wait for the first one: it opens the transaction.
      const send = async (query: Sql): Promise<pg.QueryResult> => {
        if (opening === undefined) {
          opening = pool.begin(client, query);
          return opening;
        }
        await opening;
        return pool.query(client, query);
      };
      try {
        const announce: Transaction['announce'] = async (event, subject, data) => {
          announced.push(envelopeOf(schema, marketplaceId, event, subject, data));
        };
        const tx: Transaction = {
          ...queriesFrom(send),
          marketplaceId,
          announce,
          audit: (entry) => announce(auditRecorded, entry.subject, { ...entry, details: entry.details ?? {} }),
          beforeCommit: (statement) => last.push(statement),
          afterCommit: (work) => afterCommit.push(work),
        };
        const answer = await work(tx);
        if (announced.length > 0) last.push(insertOutbox(schema, marketplaceId, announced));
        if (opening === undefined && last.length > 0) await send(last.shift() as Sql);
        if (opening !== undefined) await pool.commit(client, last);
        return answer;
      } catch (error) {
        // The connection may be gone; then there is nothing to roll back and the first error is the one to tell.
        if (opening !== undefined) await pool.rollback(client).catch(() => {});
        throw error;
      }
    });
    if (announced.length > 0) onAnnounce();
    for (const work of afterCommit) work();
    return result;
  }

  return {
    schema,
    read: (marketplaceId) =>
      queriesFrom((query) => pool.use(scoped(marketplaceId), (client) => pool.query(client, query))),
    system: (work) => pool.use({ marketplaceId: '', isSystem: true }, (client) => work(queriesOn(client))),
    async transaction(marketplaceId, work) {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(marketplaceId, work);
        } catch (error) {
          const code = (error as { code?: string }).code;
          const isRetryable = code === '40001' || code === '40P01';
          if (!isRetryable || tries >= ATTEMPTS_MAX) throw error;
          await delay(Math.random() * 10 * 2 ** tries);
        }
      }
    },
  };
}

function queriesFrom(send: (query: Sql) => Promise<pg.QueryResult>): Queries {
  return {
    rows: async <Row>(query: Sql) => (await send(query)).rows as Row[],
    row: async <Row>(query: Sql) => (await send(query)).rows[0] as Row | undefined,
    one: async <Row>(query: Sql) => {
      const { rows } = await send(query);
      invariant(rows.length === 1, `expected one row, got ${rows.length}`);
      return rows[0] as Row;
    },
    execute: async (query) => (await send(query)).rowCount ?? 0,
  };
}

function envelopeOf(source: string, marketplaceId: string, event: EventDefinition, subject: string, data: unknown) {
  return {
    specversion: '1.0',
    id: newId('event'),
    source,
    type: event.type,
    time: new Date().toISOString(),
    subject,
    marketplaceid: marketplaceId,
    data: event.data.parse(data),
  };
}

function insertOutbox(schema: string, marketplaceId: string, envelopes: readonly unknown[]): Sql {
  return sql`insert into ${raw(schema)}.outbox (marketplace_id, envelope)
    select ${marketplaceId}, envelope from jsonb_array_elements(${JSON.stringify(envelopes)}::jsonb) with ordinality as e(envelope, position) order by position`;
}
