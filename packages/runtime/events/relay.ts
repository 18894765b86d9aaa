import { asService, type EventEnvelope, faultFrom, uuidFromId } from '@plaza/kernel';
import sql, { raw } from 'sql-template-tag';
import type { Database } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import type { Reaction } from '../service.ts';

/** A running service that reacts to events, with its own database. */
export type Subscriber = {
  readonly service: string;
  readonly database: Database;
  readonly reactions: readonly Reaction[];
};

const BATCH_MAX = 100;
/** A relay that died with a batch in hand is given up after this long, and another sends it again. */
const CLAIM_SECONDS = 30;
/** Delays between tries double from 1 s up to this. */
const RETRY_SECONDS_MAX = 300;

type OutboxRow = { id: number; envelope: EventEnvelope; attempts: number };

/**
 * Hands an event to every reaction that asks for its type. The inbox row commits with what the reaction did, so an
 * event delivered again changes nothing. Rejects with the first failure after all were tried.
 */
export async function deliver(subscribers: readonly Subscriber[], event: EventEnvelope): Promise<void> {
  let failure: unknown;
  for (const { service, database, reactions } of subscribers) {
    for (const [index, reaction] of reactions.entries()) {
      if (reaction.eventType !== event.type) continue;
      try {
        const data = reaction.parse(event.data);
        const context = asService(service, { marketplaceId: event.marketplaceid, locale: 'en', requestId: event.id });
        await database.transaction(event.marketplaceid, async (tx) => {
          const isNew = await tx.execute(sql`
            insert into ${raw(database.schema)}.inbox (marketplace_id, consumer, event_id)
            values (${event.marketplaceid}, ${`${event.type}#${index}`}, ${uuidFromId(event.id)}) on conflict do nothing`);
          if (isNew === 1) await reaction.handle({ event: { ...event, data }, context, tx });
        });
      } catch (error) {
        failure ??= error;
      }
    }
  }
  if (failure !== undefined) throw failure;
}

/**
 * Sends what one service announced. Rows are claimed with SKIP LOCKED, so that relays of several processes share the
 * work, and deleted once every subscriber has them: at least once here, once in effect by the inbox. A failing event
 * is tried again with growing delay and never holds up the others.
 */
export class Relay {
  readonly #database: Database;
  readonly #deliver: (event: EventEnvelope) => Promise<void>;
  readonly #log: Logger;
  #running: Promise<void> | undefined;
  #isAskedAgain = false;
  #isStopped = false;

  constructor(database: Database, deliverEvent: (event: EventEnvelope) => Promise<void>, log: Logger) {
    this.#database = database;
    this.#deliver = deliverEvent;
    this.#log = log;
  }

  /** Asks for a pass soon. Cheap; call it after every commit that announced something. */
  wake(): void {
    if (this.#isStopped) return;
    if (this.#running !== undefined) {
      this.#isAskedAgain = true;
      return;
    }
    this.#running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.drain())
      .then(() => {})
      .catch((error) =>
        this.#log.warn({ err: error, service: this.#database.schema }, 'events could not be sent; will try again'),
      )
      .finally(() => {
        this.#running = undefined;
        if (this.#isAskedAgain) {
          this.#isAskedAgain = false;
          this.wake();
        }
      });
  }

  /** Sends all that is due. Returns how many events were delivered. */
  async drain(): Promise<number> {
    let delivered = 0;
    while (!this.#isStopped) {
      const rows = await this.#claim();
      const done: number[] = [];
      for (const row of rows) if (await this.#send(row)) done.push(row.id);
      if (done.length > 0) {
        await this.#database.system((queries) =>
          queries.execute(sql`delete from ${this.#table} where id = any(${done})`),
        );
      }
      delivered += done.length;
      if (rows.length < BATCH_MAX) break;
    }
    return delivered;
  }

  /** Sends no more; resolves when the batch in hand is done. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  get #table() {
    return raw(`${this.#database.schema}.outbox`);
  }

  async #claim(): Promise<OutboxRow[]> {
    const rows = await this.#database.system((queries) =>
      queries.rows<OutboxRow>(sql`
        update ${this.#table} set attempts = attempts + 1, next_attempt_time = now() + ${CLAIM_SECONDS} * interval '1 second'
        where id in (select id from ${this.#table} where next_attempt_time <= now() order by next_attempt_time, id limit ${BATCH_MAX} for update skip locked)
        returning id, envelope, attempts`),
    );
    return rows.sort((a, b) => a.id - b.id);
  }

  async #send(row: OutboxRow): Promise<boolean> {
    try {
      await this.#deliver(row.envelope);
      return true;
    } catch (error) {
      const seconds = Math.min(2 ** (row.attempts - 1), RETRY_SECONDS_MAX);
      const fault = faultFrom(error);
      this.#log.warn(
        {
          event: row.envelope.id,
          type: row.envelope.type,
          attempts: row.attempts,
          code: fault.code,
          err: fault.cause ?? fault,
        },
        'an event was not taken; will try again',
      );
      await this.#database.system((queries) =>
        queries.execute(
          sql`update ${this.#table} set next_attempt_time = now() + ${seconds} * interval '1 second' where id = ${row.id}`,
        ),
      );
      return false;
    }
  }
}

/** Forgets answers and handled events that nobody can ask for any more. */
export async function forgetOldRecords(database: Database): Promise<void> {
  const schema = raw(database.schema);
  await database.system(async (queries) => {
    await queries.execute(sql`delete from ${schema}.idempotency_key where created_time < now() - interval '24 hours'`);
    await queries.execute(sql`delete from ${schema}.inbox where handled_time < now() - interval '30 days'`);
  });
}
