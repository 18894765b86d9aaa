import { setTimeout as delay } from 'node:timers/promises';
import { asService, type EventEnvelope, faultFrom, uuidFromId } from '@plaza/kernel';
import sql, { raw } from 'sql-template-tag';
import { type Carrier, CLAIM_SECONDS, type Database, type OutboxRow, type Transaction } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import type { Reaction } from '../service.ts';

/** A running service that reacts to events, with its own database. */
export type Subscriber = {
  readonly service: string;
  readonly database: Database;
  readonly reactions: readonly Reaction[];
};

/** Events claimed from the outbox at once. */
const BATCH_MAX = 100;
/** Events in hand that are sent at once: what absorbs them, as the search index does, costs the less the more they are. */
const SENT_TOGETHER_MAX = 500;
/** Events a relay keeps in hand. Of more at once, as an import makes them, the rest waits in the outbox. */
const HANDED_MAX = 4_000;
/**
 * Between the beginnings of two sendings, unless so many wait already. The first of a quiet moment goes at once; of a
 * crowd, many go together, and what takes many at once costs little for each.
 */
const PACE_MS = 200;
/** Sent events stay in the outbox this long, so that many are deleted together. After a crash they are sent again. */
const FORGET_AFTER_MS = 500;
/** Delays between tries double from 1 s up to this. */
const RETRY_SECONDS_MAX = 300;

/** What became of events handed over together: the first failure of each one that is to be sent again, by event id. */
export type Failures = ReadonlyMap<string, unknown>;

/**
 * Hands events to every reaction that asks for their type. The inbox row commits with what the reaction did, so an
 * event delivered again changes nothing; what absorbs sees to that itself. An event that fails holds up no other.
 */
export async function deliver(subscribers: readonly Subscriber[], events: readonly EventEnvelope[]): Promise<Failures> {
  const failures = new Map<string, unknown>();
  for (const run of runsOf(events)) {
    for (const subscriber of subscribers) {
      for (const [index, reaction] of subscriber.reactions.entries()) {
        if (reaction.eventType !== run[0].type) continue;
        const isForMany = 'absorb' in reaction || reaction.isForMany;
        for (const group of isForMany ? [run] : run.map((event) => [event] as const))
          await react(subscriber, reaction, index, group, failures);
      }
    }
  }
  return failures;
}

type Run = readonly [EventEnvelope, ...EventEnvelope[]];

/** Events of one type and marketplace that follow each other: order between types stays as it was announced. */
function runsOf(events: readonly EventEnvelope[]): Run[] {
  const runs: [EventEnvelope, ...EventEnvelope[]][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    if (last?.[0].type === event.type && last[0].marketplaceid === event.marketplaceid) last.push(event);
    else runs.push([event]);
  }
  return runs;
}

async function react(
  subscriber: Subscriber,
  reaction: Reaction,
  index: number,
  run: Run,
  failures: Map<string, unknown>,
): Promise<void> {
  const [event] = run;
  const { service, database } = subscriber;
  const context = asService(service, { marketplaceId: event.marketplaceid, locale: 'en', requestId: event.id });
  try {
    const events = run.map((each) => ({ ...each, data: reaction.parse(each.data) }));
    if ('absorb' in reaction) {
      await reaction.absorb({ events, context });
      return;
    }
    await database.transaction(event.marketplaceid, async (tx) => {
      const isNew = await noteHandled(tx, database.schema, `${event.type}#${index}`, events);
      const unhandled = events.filter(({ id }) => isNew.has(uuidFromId(id)));
      if (unhandled.length > 0) await reaction.handle({ events: unhandled, context, tx });
    });
  } catch (error) {
    // One of many may be what cannot be taken: each has its own try.
    if (run.length > 1) for (const each of run) await react(subscriber, reaction, index, [each], failures);
    else if (!failures.has(event.id)) failures.set(event.id, error);
  }
}

/** Notes in the inbox that these events are handled. Answers the UUIDs of those that were not before. */
async function noteHandled(
  tx: Transaction,
  schema: string,
  consumer: string,
  events: readonly EventEnvelope[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ event_id: string }>(sql`
    insert into ${raw(schema)}.inbox (marketplace_id, consumer, event_id)
    select ${tx.marketplaceId}, ${consumer}, unnest(${events.map(({ id }) => uuidFromId(id))}::uuid[])
    on conflict do nothing returning event_id`);
  return new Set(rows.map((row) => row.event_id));
}

/**
 * Sends what one service announced: at least once here, once in effect by the inbox. Events of this process are handed
 * over after their commit and never read back; what a dead process left, what failed, and what was too much at once is
 * claimed from the outbox with SKIP LOCKED, so that relays of several processes share the work. A row is deleted once every
 * subscriber has its event. A failing event is tried again with growing delay and never holds up the others.
 */
export class Relay implements Carrier {
  readonly #database: Database;
  readonly #deliver: (events: readonly EventEnvelope[]) => Promise<Failures>;
  readonly #log: Logger;
  #handed: OutboxRow[] = [];
  #sent: number[] = [];
  #isDue = false;
  #running: Promise<void> | undefined;
  #forgetting: NodeJS.Timeout | undefined;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  constructor(database: Database, deliverEvents: (events: readonly EventEnvelope[]) => Promise<Failures>, log: Logger) {
    this.#database = database;
    this.#deliver = deliverEvents;
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
      delivered += await this.#send(rows);
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
    while (!this.#isStopped && this.#handed.length > 0) {
      const waitMs = this.#sentAtMs + PACE_MS - performance.now();
      if (waitMs > 0 && this.#handed.length < SENT_TOGETHER_MAX) await delay(waitMs);
      if (this.#isStopped) return;
      this.#sentAtMs = performance.now();
      await this.#send(this.#handed.splice(0, SENT_TOGETHER_MAX));
    }
    if (this.#isDue) {
      this.#isDue = false;
      await this.drain();
    }
    if (this.#sent.length >= BATCH_MAX) await this.#forget();
    else if (this.#sent.length > 0) this.#forgetting ??= setTimeout(() => this.#forgetSoon(), FORGET_AFTER_MS);
  }

  /** Answers how many were taken; the others are sent again later. */
  async #send(rows: readonly OutboxRow[]): Promise<number> {
    const failures = await this.#deliver(rows.map(({ envelope }) => envelope));
    const isTaken = ({ envelope }: OutboxRow) => !failures.has(envelope.id);
    for (const row of rows) if (!isTaken(row)) await this.#postpone(row, failures.get(row.envelope.id));
    const taken = rows.filter(isTaken);
    for (const { id } of taken) this.#sent.push(id);
    return taken.length;
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

  /** What is due; and what is put off for longer than anything ever is, by a clock that was ahead. */
  async #claim(): Promise<OutboxRow[]> {
    const rows = await this.#database.system((queries) =>
      queries.rows<OutboxRow>(sql`
        update ${this.#table} set attempts = attempts + 1, next_attempt_time = now() + ${CLAIM_SECONDS} * interval '1 second'
        where id in (select id from ${this.#table}
          where next_attempt_time <= now() or next_attempt_time > now() + ${2 * RETRY_SECONDS_MAX} * interval '1 second'
          order by next_attempt_time, id limit ${BATCH_MAX} for update skip locked)
        returning id, envelope, attempts`),
    );
    return rows.sort((a, b) => a.id - b.id);
  }

  async #postpone(row: OutboxRow, error: unknown): Promise<void> {
    const seconds = Math.min(2 ** (row.attempts - 1), RETRY_SECONDS_MAX);
    const { id, type } = row.envelope;
    const { code, cause } = faultFrom(error);
    this.#log.warn(
      { event: id, type, attempts: row.attempts, code, err: cause ?? error },
      'an event was not taken; will try again',
    );
    await this.#database.system((queries) =>
      queries.execute(
        sql`update ${this.#table} set next_attempt_time = now() + ${seconds} * interval '1 second' where id = ${row.id}`,
      ),
    );
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
