import { hash } from 'node:crypto';
import {
  type Call,
  type Context,
  commonErrors,
  Fault,
  type Handler,
  type InputOf,
  type Operation,
} from '@plaza/kernel';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import type { Database, Queries, Transaction } from './database/database.ts';

type Answer<O> = O extends Operation<infer _I, infer Out> ? z.input<Out> : never;
type WriteCall<O> = { readonly input: InputOf<O & Operation>; readonly context: Context; readonly tx: Transaction };

/**
 * A write in one transaction. With an `Idempotency-Key`, the change, its events, the answer and the key commit
 * together, the key with the very last statement: a repeat fails there, after the first has committed, all it did is
 * undone, and it gets the first answer. So `work` runs in a repeat too: whatever it does must be in the transaction, or
 * be idempotent. What it refuses is asked of the key first: the first may have made it refuse. Another request under
 * the same key is refused. (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/)
 */
export function inTransaction<O extends Operation>(
  database: Database,
  operation: O,
  work: (call: WriteCall<O>) => Promise<Answer<O>>,
): Handler<O> {
  const handle = async ({ input, context }: { input: InputOf<O>; context: Context }): Promise<Answer<O>> => {
    const answerIn = (tx: Transaction): Promise<Answer<O>> => work({ input, context, tx } as WriteCall<O>);
    if (context.idempotencyKey === undefined) return database.transaction(context.marketplaceId, answerIn);
    const record = recordOf(database.schema, operation, input, context);
    try {
      return await database.transaction(context.marketplaceId, async (tx) => {
        const answer = await answerIn(tx);
        await tx.last.execute(record.keep(answer));
        return answer;
      });
    } catch (error) {
      const first = await record.find(database.read(context.marketplaceId));
      if (first !== undefined) return record.answerOf(first) as Answer<O>;
      // The first held the key when this one failed on it, and is gone.
      throw isOfKey(error, database.schema) ? commonErrors.IDEMPOTENCY_IN_PROGRESS({}) : error;
    }
  };
  return handle as unknown as Handler<O>;
}

/** Whether it says that the key is taken. */
function isOfKey(error: unknown, schema: string): boolean {
  const { code, constraint, schema: where } = error as { code?: string; constraint?: string; schema?: string };
  return code === UNIQUE_VIOLATION && constraint === 'idempotency_key_pkey' && where === schema;
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const UNIQUE_VIOLATION = '23505';

/** How long a write of several steps may run before a repeat may take it over: its process is taken for dead. */
const LEASE_SECONDS = 60;

/**
 * A write that spans services. Each of its steps must itself be idempotent; the answer is remembered at the end.
 * While the first runs, a repeat is told to wait; a refusal is not remembered, so that it can be mended and sent again.
 */
export function inSteps<O extends Operation>(
  database: Database,
  operation: O,
  work: (call: Call<O>) => Promise<Answer<O>>,
): Handler<O> {
  const handle = async ({ input, context }: { input: InputOf<O>; context: Context }): Promise<Answer<O>> => {
    const call = { input, context } as Call<O>;
    if (context.idempotencyKey === undefined) return work(call);
    const record = recordOf(database.schema, operation, input, context);
    const queries = database.read(context.marketplaceId);
    const claimed = await queries.execute(record.claim(LEASE_SECONDS));
    if (claimed === 0) return record.answerOf(await record.find(queries)) as Answer<O>;
    try {
      const answer = await work(call);
      await queries.execute(record.save(answer));
      return answer;
    } catch (error) {
      await queries.execute(record.forget());
      throw error;
    }
  };
  return handle as unknown as Handler<O>;
}

/** Remembers the answer of a write of several steps with the last statements of a transaction of its own. */
export type Keep<O extends Operation = Operation> = (tx: Transaction, answer: Answer<O>) => Promise<void>;

/** A write of several steps that begins by taking something for itself alone, by one `update` of one row. */
export type TakenSteps<O extends Operation, T> = {
  /** What is to be taken, and the `update` that takes it. Changes nothing. Undefined, or a refusal: it is not as usual. */
  readonly prepare: (call: Call<O>) => Promise<{ readonly taken: T; readonly take: Sql } | undefined>;
  readonly work: (call: Call<O>, taken: T, keep: Keep<O>) => Promise<Answer<O>>;
  /** All that is not as usual, repeats among it: the same by `inSteps`. */
  readonly otherwise: Handler<O>;
};

/**
 * As `inSteps`, where the key would cost as much as a step. The statement that takes is the one that claims the key, and
 * what the work commits last may keep the answer: two transactions less. Whatever does not go as usual takes nothing, and
 * goes the long way.
 */
export function inTakenSteps<O extends Operation, T>(
  database: Database,
  operation: O,
  { prepare, work, otherwise }: TakenSteps<O, T>,
): Handler<O> {
  const handle = async ({ input, context }: { input: InputOf<O>; context: Context }): Promise<unknown> => {
    const call = { input, context } as Call<O>;
    const prepared = context.idempotencyKey === undefined ? undefined : await prepare(call).catch(refused);
    if (prepared === undefined) return otherwise(call);
    const record = recordOf(database.schema, operation, input, context);
    const queries = database.read(context.marketplaceId);
    const claim = record.claimBy(prepared.take, LEASE_SECONDS);
    const isTaken = await queries.execute(claim).catch((error: unknown) => {
      if (isOfKey(error, database.schema)) return 0;
      throw error;
    });
    if (isTaken === 0) return otherwise(call);
    let isKept = false;
    try {
      const answer = await work(call, prepared.taken, async (tx, last) => {
        await tx.last.execute(record.save(last));
        tx.afterCommit(() => {
          isKept = true;
        });
      });
      if (!isKept) await queries.execute(record.save(answer));
      return answer;
    } catch (error) {
      await queries.execute(record.forget());
      throw error;
    }
  };
  return handle as unknown as Handler<O>;
}

/** A refusal is told, or a first answer repeated, by who asks the key first. */
function refused(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error;
}

function recordOf(schema: string, operation: Operation, input: unknown, context: Context) {
  const table = raw(`${schema}.idempotency_key`);
  const scope = scopeOf(context);
  const key = context.idempotencyKey;
  const fingerprint = hash('sha256', `${operation.summary}\n${canonicalJson(input)}`, 'buffer');
  const here = sql`marketplace_id = ${context.marketplaceId} and scope = ${scope} and key = ${key}`;
  return {
    claim: (leaseSeconds: number): Sql => sql`
      insert into ${table} as k (marketplace_id, scope, key, fingerprint, locked_until)
      values (${context.marketplaceId}, ${scope}, ${key}, ${fingerprint}, now() + ${leaseSeconds}::int * interval '1 second')
      on conflict (marketplace_id, scope, key) do update set locked_until = excluded.locked_until
      where k.answer is null and k.locked_until < now() and k.fingerprint = excluded.fingerprint`,
    /** Claims the key if the given `update` finds its row, in one statement with it. Fails where the key is taken, with all of it. */
    claimBy: (take: Sql, leaseSeconds: number): Sql => sql`
      with taken as (${take} returning true)
      insert into ${table} (marketplace_id, scope, key, fingerprint, locked_until)
      select ${context.marketplaceId}, ${scope}, ${key}, ${fingerprint}, now() + ${leaseSeconds}::int * interval '1 second' from taken`,
    /** Fails where the key is taken, after its holder's transaction has ended. */
    keep: (answer: unknown): Sql => sql`
      insert into ${table} (marketplace_id, scope, key, fingerprint, answer)
      values (${context.marketplaceId}, ${scope}, ${key}, ${fingerprint}, ${JSON.stringify(answer)})`,
    save: (answer: unknown): Sql =>
      sql`update ${table} set answer = ${JSON.stringify(answer)}, locked_until = null where ${here}`,
    forget: (): Sql => sql`delete from ${table} where ${here} and answer is null`,
    find: (queries: Queries): Promise<First | undefined> =>
      queries.row<First>(sql`select fingerprint, answer from ${table} where ${here}`),
    /** What the first request was answered, or why this one is not answered. */
    answerOf(first: First | undefined): unknown {
      if (first === undefined) throw commonErrors.IDEMPOTENCY_IN_PROGRESS({});
      if (!first.fingerprint.equals(fingerprint)) throw commonErrors.IDEMPOTENCY_KEY_REUSED({});
      if (first.answer === null) throw commonErrors.IDEMPOTENCY_IN_PROGRESS({});
      return first.answer;
    },
  };
}

type First = { readonly fingerprint: Buffer; readonly answer: unknown };

/** Keys of different people never meet. A guest without a token shares one scope; keys must then be unguessable. */
function scopeOf({ actor }: Context): string {
  if (actor.kind === 'member') return actor.memberId;
  return actor.kind === 'service' ? `service:${actor.service}` : `guest:${actor.guestId ?? ''}`;
}

/** JSON with sorted keys, so that the same request in another order of fields is the same request. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
