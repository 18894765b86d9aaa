import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type EventEnvelope, newUuid } from '@plaza/kernel';
import sql from 'sql-template-tag';
import { type Carrier, createDatabase, type Database } from '../database/database.ts';
import { ScopedPool } from '../database/pool.ts';
import { createLogger } from '../logger.ts';
import { exampleService, noteWritten } from '../testing/example/service.ts';
import { startTestHost, type TestHost } from '../testing/index.ts';
import { Relay } from './relay.ts';

type Running = AsyncDisposable & { readonly database: Database; readonly relay: Relay; readonly pool: ScopedPool };

/** A database whose announcements its own relay takes, as in a running server. */
function startRelay(host: TestHost, send: (event: EventEnvelope) => Promise<void>): Running {
  const pool = new ScopedPool({ url: host.ownerUrl, role: 'plaza_app', connectionsMax: 5, onError: () => {} });
  const carrier: Carrier = {
    takes: (count) => relay.takes(count),
    take: (events) => relay.take(events),
    wake: () => relay.wake(),
  };
  const database = createDatabase(pool, 'example', { carrier });
  const sendAll = async (events: readonly EventEnvelope[]) => {
    const failures = new Map<string, unknown>();
    for (const event of events) await send(event).catch((error) => failures.set(event.id, error));
    return failures;
  };
  const relay = new Relay(database, sendAll, createLogger('silent'));
  return { database, relay, pool, [Symbol.asyncDispose]: () => relay.stop().then(() => pool.end()) };
}

function announce(database: Database, texts: readonly string[]): Promise<void> {
  return database.transaction('bazaar', async (tx) => {
    for (const text of texts) await tx.announce(noteWritten, newUuid(), { id: newUuid(), text });
  });
}

const textOf = ({ data }: EventEnvelope): string => (data as { text: string }).text;

function waiting(host: TestHost): Promise<{ attempts: number; due: boolean }[]> {
  return host
    .database('example')
    .system((queries) =>
      queries.rows(sql`select attempts, next_attempt_time <= now() as due from example.outbox order by id`),
    );
}

describe('the relay of a running server', () => {
  test('sends what is handed over after its commit, in order, without reading it back, and then forgets it', async () => {
    await using host = await startTestHost([exampleService]);
    const sent: string[] = [];
    const three = Promise.withResolvers<void>();
    await using running = startRelay(host, async (event) => {
      if (sent.push(textOf(event)) === 3) three.resolve();
    });
    await announce(running.database, ['one', 'two']);
    const before = running.pool.statementsSent;
    await announce(running.database, ['three']);
    await three.promise;
    assert.equal(running.pool.statementsSent - before, 1, 'the outbox alone');
    assert.deepEqual(sent, ['one', 'two', 'three']);
    await running.relay.stop();
    assert.deepEqual(await waiting(host), []);
  });

  test('says nothing of a transaction that failed', async () => {
    await using host = await startTestHost([exampleService]);
    const sent: string[] = [];
    const after = Promise.withResolvers<void>();
    await using running = startRelay(host, async (event) => {
      sent.push(textOf(event));
      after.resolve();
    });
    const failing = running.database.transaction('bazaar', async (tx) => {
      await tx.announce(noteWritten, newUuid(), { id: newUuid(), text: 'never' });
      await tx.last.execute(
        sql`insert into example.note (marketplace_id, id, text) values ('jaikod', ${newUuid()}, 'not ours')`,
      );
    });
    await assert.rejects(failing, /row-level security/);
    await announce(running.database, ['said']);
    await after.promise;
    assert.deepEqual(sent, ['said']);
  });

  test('leaves what it has not sent to the next process, due at once', async () => {
    await using host = await startTestHost([exampleService]);
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    await using running = startRelay(host, () => {
      begun.resolve();
      return finish.promise;
    });
    await announce(running.database, ['in hand']);
    await begun.promise;
    await announce(running.database, ['left']);
    assert.deepEqual(await waiting(host), [
      { attempts: 1, due: false },
      { attempts: 1, due: false },
    ]);
    const stopped = running.relay.stop();
    finish.resolve();
    await stopped;
    assert.deepEqual(await waiting(host), [{ attempts: 1, due: true }]);
  });

  test('sends what a clock that was ahead put off for a year', async () => {
    await using host = await startTestHost([exampleService]);
    const sent: string[] = [];
    await using running = startRelay(host, async (event) => {
      sent.push(textOf(event));
    });
    await announce(host.database('example'), ['late', 'tried again soon']);
    await host.database('example').system((queries) =>
      queries.execute(sql`
        update example.outbox set next_attempt_time = now() + case envelope -> 'data' ->> 'text' when 'late' then interval '1 year' else interval '5 minutes' end`),
    );
    await running.relay.drain();
    assert.deepEqual(sent, ['late']);
  });

  test('reads from the outbox what was too much to keep in hand, and what failed', async () => {
    await using host = await startTestHost([exampleService]);
    const sent = new Set<string>();
    const all = Promise.withResolvers<void>();
    await using running = startRelay(host, async (event) => {
      sent.add(textOf(event));
      if (sent.size === 5000) all.resolve();
      if (textOf(event) === 'note 7') throw new Error('not now');
    });
    await announce(
      running.database,
      Array.from({ length: 5000 }, (_, i) => `note ${i}`),
    );
    await all.promise;
    await running.relay.stop();
    const [left, ...more] = await waiting(host);
    assert.deepEqual(more, []);
    // On a slow machine its turn has come again, at most once a second.
    assert.ok(left !== undefined && left.attempts <= 5, `${left?.attempts} attempts`);
  });
});
