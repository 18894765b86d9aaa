import { asService, type EventEnvelope, faultFrom, uuidFromId } from '@plaza/kernel';
import sql, { raw } from 'sql-template-tag';
import { type Carrier, CLAIM_SECONDS, type Database, type OutboxRow } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import type { Reaction } from '../service.ts';

/** A running service that reacts to events, with its own database. */
export type Subscriber = {
  readonly service: string;
  readonly database: Database;
  readonly reactions: readonly Reaction[];
};

const BATCH_MAX = 100;
/** Events a relay keeps in hand. Of more at once, as an import makes them, the rest waits in the outbox. */
const HANDED_MAX = 1_000;
/** Sent events stay in the outbox this long, so that many are deleted together. After a crash they are sent again. */
const FORGET_AFTER_MS = 50;
/** Delays between tries double from 1 s up to this. */
const RETRY_SECONDS_MAX = 300;

/**
 * Hands an event to every reaction that asks for its type. The inbox row commits with what the reaction did, so an
 * event delivered again changes nothing; repeatable reactions see to that themselves. Rejects with the first failure after all were tried.
 */
export async function deliver(subscribers: readonly Subscriber[], event: EventEnvelope): Promise<void> {
  let failure: unknown;
  for (const { service, database, reactions } of subscribers) {
    for (const [index, reaction] of reactions.entries()) {
      if (reaction.eventType !== event.type) continue;
      try {
        const data = reaction.parse(event.data);
        const context = asService(service, { marketplaceId: event.marketplaceid, locale: 'en', requestId: event.id });
        if (reaction.isRepeatable) {
          await reaction.handle({ event: { ...event, data }, context });
          continue;
        }
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
 * Sends what one service announced: at least once here, once in effect by the inbox. Events of this process are handed
 * over after their commit and never read back; what a dead process left, what failed, and what was too much at once is
 * claimed from the outbox with SKIP LOCKED, so that relays of several processes share the work. A row is deleted once every
 * subscriber has its event. A failing event is tried again with growing delay and never holds up the others.
 */
export class Relay implements Carrier {
  readonly #database: Database;
  readonly #deliver: (event: EventEnvelope) => Promise<void>;
  readonly #log: Logger;
  #handed: OutboxRow[] = [];
  #sent: number[] = [];
  #isDue = false;
  #running: Promise<void> | undefined;
  #forgetting: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(database: Database, deliverEvent: (event: EventEnvelope) => Promise<void>, log: Logger) {
    this.#database = database;
    this.#deliver = deliverEvent;
    this.#log = log;
  }

  takes(count: number): boolean {
    return !this.#isStopped && this.#handed.length + count <= HANDED_MAX;
  }

  take(events: readonly OutboxRow[]): void {
    this.#handed.push(...events);
    this.#run();
  }

  /** Asks for a look into the outbox soon. Cheap; call it whenever something may be due there. */
  wake(): void {
    this.#isDue = true;
    this.#run();
  }

  /** Sends all that is due in the outbox. Returns how many events were delivered. */
  async drain(): Promise<number> {
    let delivered = 0;
    while (!this.#isStopped) {
      const rows = await this.#claim();
      delivered += await this.#sendAll(rows);
      await this.#forget();
      if (rows.length < BATCH_MAX) break;
    }
    return delivered;
  }

  /** Sends no more; resolves when the event in hand is done, and leaves the others to the next process. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
    clearTimeout(this.#forgetting);
    await this.#forget();
    const left = this.#handed.splice(0).map(({ id }) => id);
    if (left.length === 0) return;
    await this.#database.system((queries) =>
      queries.execute(sql`update ${this.#table} set next_attempt_time = now() where id = any(${left})`),
    );
  }

  #run(): void {
    if (this.#isStopped || this.#running !== undefined) return;
    this.#running = this.#work()
      .catch((error) =>
        this.#log.warn({ err: error, service: this.#database.schema }, 'events could not be sent; will try again'),
      )
      .finally(() => {
        this.#running = undefined;
        if (this.#handed.length > 0 || this.#isDue) this.#run();
      });
  }

  async #work(): Promise<void> {
    // After the answers of those who announced: nobody waits for what follows.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (!this.#isStopped && this.#handed.length > 0) await this.#sendAll(this.#handed.splice(0, 1));
    if (this.#isDue) {
      this.#isDue = false;
      await this.drain();
    }
    if (this.#sent.length >= BATCH_MAX) await this.#forget();
    else if (this.#sent.length > 0) this.#forgetting ??= setTimeout(() => this.#forgetSoon(), FORGET_AFTER_MS);
  }

  async #sendAll(rows: readonly OutboxRow[]): Promise<number> {
    let delivered = 0;
    for (const row of rows) {
      if (!(await this.#send(row))) continue;
      this.#sent.push(row.id);
      delivered++;
    }
    return delivered;
  }

  #forgetSoon(): void {
    this.#forgetting = undefined;
    this.#forget().catch((error) =>
      this.#log.warn({ err: error, service: this.#database.schema }, 'sent events stay in the outbox; sent again'),
    );
  }

  async #forget(): Promise<void> {
    const sent = this.#sent.splice(0);
    if (sent.length === 0) return;
    await this.#database.system((queries) => queries.execute(sql`delete from ${this.#table} where id = any(${sent})`));
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
