import { setTimeout as delay } from 'node:timers/promises';
import {
  type Actor,
  type AnswerReader,
  type EventDefinition,
  type EventEnvelope,
  invariant,
  newId,
  wholeReader,
} from '@plaza/kernel';
import type pg from 'pg';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import { auditRecorded } from '../events/audit.ts';
import type { Result } from './batch.ts';
import type { Scope, ScopedPool } from './pool.ts';

/** Takes writes of which only success matters. */
export type Writer = { execute(query: Sql): Promise<unknown> };

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
  /** Writes that go out together with the commit, after all else. They cost no round trip, and fail the transaction. */
  readonly last: Writer;
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

/** Sends what was announced once it is committed. */
export type Carrier = {
  /** Whether it takes so many events from here. They are stored as claimed by it then, and handed over after the commit. */
  takes(count: number): boolean;
  take(events: readonly OutboxRow[]): void;
  /** Says that the outbox holds what nobody has claimed. */
  wake(): void;
};

/** An announced event as it waits in the outbox. */
export type OutboxRow = { readonly id: number; readonly envelope: EventEnvelope; readonly attempts: number };

/** A carrier that died with events in hand is given up after this long, and another sends them again. */
export const CLAIM_SECONDS = 30;

export type DatabaseOptions = {
  /** Absent: events wait in the outbox. */
  readonly carrier?: Carrier;
  /** How what is announced is checked: wholly, or, as answers are in production, by its shape. */
  readonly readerOf?: (schema: z.ZodType) => AnswerReader;
};

/** The database of one service, on a pool that services of the same process may share. */
export function createDatabase(
  pool: ScopedPool,
  schema: string,
  { carrier, readerOf = wholeReader }: DatabaseOptions = {},
): Database {
  const readers = new Map<EventDefinition, AnswerReader>();
  const readerFor = (event: EventDefinition): AnswerReader => {
    const known = readers.get(event);
    if (known !== undefined) return known;
    const reader = readerOf(event.data);
    readers.set(event, reader);
    return reader;
  };
  const queriesOn = (client: pg.PoolClient): Queries => queriesFrom((query) => pool.query(client, query));
  const scoped = (marketplaceId: string): Scope => {
    invariant(marketplaceId !== '', 'a query must name its marketplace');
    return { marketplaceId, isSystem: false };
  };

  async function attempt<T>(marketplaceId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const announced: EventEnvelope[] = [];
    const last: Sql[] = [];
    const afterCommit: (() => void)[] = [];
    let isTaken = false;
    const { answer, results } = await pool.transaction(scoped(marketplaceId), async (send) => {
      const announce: Transaction['announce'] = async (event, subject, data) => {
        announced.push(envelopeOf(schema, marketplaceId, event, subject, readerFor(event)(data)));
      };
      const answer = await work({
        ...queriesFrom(send),
        marketplaceId,
        announce,
        audit: (entry) => announce(auditRecorded, entry.subject, { ...entry, details: entry.details ?? {} }),
        last: { execute: async (statement) => last.push(statement) },
        afterCommit: (work) => afterCommit.push(work),
      });
      if (announced.length > 0) {
        isTaken = carrier?.takes(announced.length) ?? false;
        last.push(insertOutbox(schema, marketplaceId, announced, isTaken));
      }
      return { answer, last };
    });
    if (isTaken) {
      const rows = results.at(-1)?.rows as { id: number }[];
      carrier?.take(rows.map(({ id }, place) => ({ id, envelope: announced[place] as EventEnvelope, attempts: 1 })));
    } else if (announced.length > 0) carrier?.wake();
    for (const work of afterCommit) work();
    return answer;
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

function queriesFrom(send: (query: Sql) => Promise<Result>): Queries {
  return {
    rows: async <Row>(query: Sql) => (await send(query)).rows as Row[],
    row: async <Row>(query: Sql) => (await send(query)).rows[0] as Row | undefined,
    one: async <Row>(query: Sql) => {
      const { rows } = await send(query);
      invariant(rows.length === 1, `expected one row, got ${rows.length}`);
      return rows[0] as Row;
    },
    execute: async (query) => (await send(query)).rowCount,
  };
}

function envelopeOf(
  source: string,
  marketplaceId: string,
  { type }: EventDefinition,
  subject: string,
  data: unknown,
): EventEnvelope {
  return {
    specversion: '1.0',
    id: newId('event'),
    source,
    type,
    time: new Date().toISOString(),
    subject,
    marketplaceid: marketplaceId,
    data,
  };
}

/** Events that are written as rows of their own; of more, the rows are made from one document. */
const ROWS_MAX = 4;

/** Stores events in their order, and answers their ids in it. Those `isClaimed` are not due until their carrier is given up. */
function insertOutbox(
  schema: string,
  marketplaceId: string,
  envelopes: readonly EventEnvelope[],
  isClaimed: boolean,
): Sql {
  const [attempts, seconds] = isClaimed ? [1, CLAIM_SECONDS] : [0, 0];
  const due = sql`clock_timestamp() + ${seconds}::int * interval '1 second'`;
  const rowOf = (envelope: EventEnvelope): Sql =>
    sql`(${marketplaceId}, ${JSON.stringify(envelope)}::json, ${attempts}::int, ${due})`;
  const rows =
    envelopes.length <= ROWS_MAX
      ? sql`values ${join(envelopes.map(rowOf))}`
      : sql`select ${marketplaceId}, envelope, ${attempts}::int, ${due}
          from json_array_elements(${JSON.stringify(envelopes)}::json) with ordinality as e(envelope, position) order by position`;
  return sql`insert into ${raw(schema)}.outbox (marketplace_id, envelope, attempts, next_attempt_time) ${rows} returning id`;
}
