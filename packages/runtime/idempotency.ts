import { createHash } from 'node:crypto';
import { type Call, type Context, commonErrors, type Handler, type InputOf, type Operation } from '@plaza/kernel';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import type { Database, Queries, Transaction } from './database/database.ts';

type Answer<O> = O extends Operation<infer _I, infer Out> ? z.input<Out> : never;
type WriteCall<O> = { readonly input: InputOf<O & Operation>; readonly context: Context; readonly tx: Transaction };

/**
 * A write in one transaction. With an `Idempotency-Key`, the key, the change, its events and the answer commit
 * together: a repeat gets the first answer, a concurrent repeat waits for it, and another request under the same
 * key is refused. (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/)
 */
export function inTransaction<O extends Operation>(
  database: Database,
  operation: O,
  work: (call: WriteCall<O>) => Promise<Answer<O>>,
): Handler<O> {
  const handle = async ({ input, context }: { input: InputOf<O>; context: Context }): Promise<Answer<O>> =>
    database.transaction(context.marketplaceId, async (tx) => {
      const call = { input, context, tx } as WriteCall<O>;
      if (context.idempotencyKey === undefined) return work(call);
      const record = recordOf(database.schema, operation, input, context);
      const claimed = await tx.execute(record.claim(null));
      if (claimed === 0) return (await record.firstAnswer(tx)) as Answer<O>;
      const answer = await work(call);
      await tx.last.execute(record.save(answer));
      return answer;
    });
  return handle as unknown as Handler<O>;
}

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
    if (claimed === 0) return (await record.firstAnswer(queries)) as Answer<O>;
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

function recordOf(schema: string, operation: Operation, input: unknown, context: Context) {
  const table = raw(`${schema}.idempotency_key`);
  const scope = scopeOf(context);
  const key = context.idempotencyKey;
  const fingerprint = createHash('sha256')
    .update(`${operation.summary}\n${canonicalJson(input)}`)
    .digest();
  const here = sql`marketplace_id = ${context.marketplaceId} and scope = ${scope} and key = ${key}`;
  return {
    claim: (leaseSeconds: number | null): Sql => sql`
      insert into ${table} as k (marketplace_id, scope, key, fingerprint, locked_until)
      values (${context.marketplaceId}, ${scope}, ${key}, ${fingerprint}, now() + ${leaseSeconds}::int * interval '1 second')
      on conflict (marketplace_id, scope, key) do update set locked_until = excluded.locked_until
      where k.answer is null and k.locked_until < now() and k.fingerprint = excluded.fingerprint`,
    save: (answer: unknown): Sql =>
      sql`update ${table} set answer = ${JSON.stringify(answer)}, locked_until = null where ${here}`,
    forget: (): Sql => sql`delete from ${table} where ${here} and answer is null`,
    async firstAnswer(queries: Queries): Promise<unknown> {
      const first = await queries.row<{ fingerprint: Buffer; answer: unknown }>(
        sql`select fingerprint, answer from ${table} where ${here}`,
      );
      if (first === undefined) throw commonErrors.IDEMPOTENCY_IN_PROGRESS({});
      if (!first.fingerprint.equals(fingerprint)) throw commonErrors.IDEMPOTENCY_KEY_REUSED({});
      if (first.answer === null) throw commonErrors.IDEMPOTENCY_IN_PROGRESS({});
      return first.answer;
    },
  };
}

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
