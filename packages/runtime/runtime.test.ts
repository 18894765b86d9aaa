import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type EventEnvelope, newId, newUuid } from '@plaza/kernel';
import pg from 'pg';
import sql from 'sql-template-tag';
import { deliver, type Subscriber } from './events/relay.ts';
import { inSteps, inTakenSteps, inTransaction } from './idempotency.ts';
import { absorbing, reactionToMany } from './service.ts';
import { errors, exampleContract, exampleService, noteWritten } from './testing/example/service.ts';
import { BINDINGS, startTestHost, type TestHost } from './testing/index.ts';

const KEY = 'a-key-of-enough-length-1';

for (const binding of BINDINGS) {
  describe(`a service, ${binding}`, () => {
    test('a write repeated with one key changes nothing and answers the same', async () => {
      await using host = await startTestHost([exampleService], { binding });
      const example = host.client<typeof exampleContract>('example');
      for (const write of ['writeNote', 'writeNoteInSteps'] as const) {
        const caller = host.guest({ idempotencyKey: `${KEY}-${write}` });
        const answers = await Promise.all(
          [1, 2, 3].map(() => example[write]({ text: write }, caller).catch((fault) => fault)),
        );
        const again = await example[write]({ text: write }, caller);
        for (const answer of answers)
          assert.ok(answer.id === again.id || answer.code === 'IDEMPOTENCY_IN_PROGRESS', JSON.stringify(answer));
        await assert.rejects(example[write]({ text: 'another' }, caller), { code: 'IDEMPOTENCY_KEY_REUSED' });
      }
      assert.deepEqual((await example.listNotes({}, host.guest())).texts, ['writeNote', 'writeNoteInSteps']);
    });

    test('two people with the same key do not meet', async () => {
      await using host = await startTestHost([exampleService], { binding });
      const example = host.client<typeof exampleContract>('example');
      const mine = await example.writeNote({ text: 'mine' }, host.guest({ idempotencyKey: KEY }));
      const yours = await example.writeNote({ text: 'yours' }, host.guest({ idempotencyKey: KEY }));
      assert.notEqual(mine.id, yours.id);
    });

    test('a refused write leaves nothing behind: no row, no event, no remembered key', async () => {
      await using host = await startTestHost([exampleService], { binding });
      const example = host.client<typeof exampleContract>('example');
      const caller = host.guest({ idempotencyKey: KEY });
      await assert.rejects(example.writeNote({ text: 'sad' }, caller), { code: 'TOO_SAD', status: 409 });
      await host.deliver();
      assert.deepEqual((await example.listNotes({}, caller)).texts, []);
      const heard = await host.database('example').read('bazaar').rows(sql`select * from example.heard`);
      assert.deepEqual(heard, []);
      await example.writeNote({ text: 'glad' }, caller);
    });

    test('an unforeseen error is INTERNAL and shows nothing of itself', async () => {
      const causes: unknown[] = [];
      await using host = await startTestHost([exampleService], {
        binding,
        onInternal: (fault) => causes.push(fault.cause),
      });
      const example = host.client<typeof exampleContract>('example');
      await assert.rejects(example.breakDown({}, host.guest()), (fault: Error & { code: string }) => {
        assert.equal(fault.code, 'INTERNAL');
        assert.ok(!fault.message.includes('password'));
        return true;
      });
      assert.match(String(causes[0]), /connection string/);
    });

    test('wrong input names its field', async () => {
      await using host = await startTestHost([exampleService], { binding });
      const example = host.client<typeof exampleContract>('example');
      await assert.rejects(
        example.writeNote({ text: 'x'.repeat(51) }, host.guest()),
        (fault: { code: string; errors: { pointer: string }[] }) => {
          assert.equal(fault.code, 'INVALID_INPUT');
          assert.equal(fault.errors[0]?.pointer, '/text');
          return true;
        },
      );
    });
  });
}

describe('a write that can be done once', () => {
  /** Refuses when there is a note already, so that done again it would be refused. */
  function firstNote(host: TestHost) {
    const database = host.database('example');
    const handle = inTransaction(database, exampleContract.writeNote, async ({ input, tx }) => {
      const { count } = await tx.one<{ count: number }>(sql`select count(*) as count from example.note`);
      if (count > 0) throw errors.TOO_SAD({});
      const id = newUuid();
      await tx.last.execute(
        sql`insert into example.note (marketplace_id, id, text) values (${tx.marketplaceId}, ${id}, ${input.text})`,
      );
      return { id };
    });
    return (text: string, idempotencyKey: string) =>
      handle({ input: { text }, context: host.guest({ guestId: 'one-guest-of-many', idempotencyKey }) });
  }

  test('answers its repeats as the first time, also those at the same moment', async () => {
    await using host = await startTestHost([exampleService]);
    const write = firstNote(host);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => write('hello', KEY)));
    const [first] = answers;
    for (const answer of [...answers, await write('hello', KEY)]) assert.deepEqual(answer, first);
    const { texts } = await host.client<typeof exampleContract>('example').listNotes({}, host.guest());
    assert.deepEqual(texts, ['hello']);
  });

  test('is refused under another key, and another request under its key', async () => {
    await using host = await startTestHost([exampleService]);
    const write = firstNote(host);
    await write('hello', KEY);
    await assert.rejects(write('hello', `${KEY}-other`), { code: 'TOO_SAD' });
    await assert.rejects(write('bye', KEY), { code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('keeps its key with its last statement', async () => {
    await using host = await startTestHost([exampleService]);
    const write = firstNote(host);
    await write('hello', KEY);
    await host.database('example').read('bazaar').execute(sql`delete from example.note`);
    // BEGIN with the first statement, the note, the key, COMMIT.
    assert.equal(await host.countStatements(() => write('hello', `${KEY}-2`)), 5);
  });
});

describe('a write of steps that begins by taking', () => {
  /** Takes the one note that is free, and says so. */
  function takeNote(host: TestHost) {
    const database = host.database('example');
    const take = sql`update example.note set text = 'taken' where marketplace_id = 'bazaar' and text = 'free'`;
    const id = newUuid();
    return inTakenSteps(database, exampleContract.writeNoteInSteps, {
      prepare: async () => ({ taken: id, take }),
      work: (_call, taken, keep) =>
        database.transaction('bazaar', async (tx) => {
          await keep(tx, { id: taken });
          return { id: taken };
        }),
      otherwise: inSteps(database, exampleContract.writeNoteInSteps, async () => {
        throw errors.TOO_SAD({});
      }),
    });
  }

  test('claims its key by what it takes, keeps the answer with what it commits, and answers repeats', async () => {
    await using host = await startTestHost([exampleService]);
    const handle = takeNote(host);
    const ask = (text: string, idempotencyKey: string) =>
      handle({ input: { text }, context: host.guest({ guestId: 'one-guest-of-many', idempotencyKey }) });
    const free = () => host.client<typeof exampleContract>('example').writeNote({ text: 'free' }, host.guest());
    await free();
    const results = await Promise.allSettled([1, 2, 3].map(() => ask('please', KEY)));
    const codes = results.map((result) => (result.status === 'fulfilled' ? 'done' : result.reason.code));
    assert.equal(codes.filter((code) => code === 'done').length >= 1, true);
    for (const code of codes) assert.ok(code === 'done' || code === 'IDEMPOTENCY_IN_PROGRESS', code);
    const first = await ask('please', KEY);
    await free();
    assert.deepEqual(await ask('please', KEY), first, 'its key is answered, though there is something to take again');
    await assert.rejects(ask('now', KEY), { code: 'IDEMPOTENCY_KEY_REUSED' });
    // What is taken with the key; the answer.
    assert.equal(await host.countStatements(() => ask('please', `${KEY}-2`)), 2);
    await assert.rejects(ask('please', `${KEY}-3`), { code: 'TOO_SAD' });
  });
});

describe('isolation', () => {
  test('one marketplace never sees the rows of another, and a query without one sees none', async () => {
    await using host = await startTestHost([exampleService]);
    const example = host.client<typeof exampleContract>('example');
    await example.writeNote({ text: 'for bazaar' }, host.guest({ marketplaceId: 'bazaar' }));
    assert.deepEqual((await example.listNotes({}, host.guest({ marketplaceId: 'jaikod' }))).texts, []);
    await host.database('example').system(async (queries) => {
      assert.deepEqual(await queries.rows(sql`select * from example.note`), []);
    });
    const client = new pg.Client({ connectionString: host.ownerUrl, options: '-c role=plaza_app' });
    await client.connect();
    assert.deepEqual((await client.query('select * from example.note')).rows, []);
    await assert.rejects(
      client.query("insert into example.note values ('bazaar', uuidv7(), 'forged')"),
      /row-level security/,
    );
    await client.end();
  });

  test('a service user sees only its own schema', async () => {
    await using host = await startTestHost([exampleService]);
    const client = new pg.Client({ connectionString: host.ownerUrl });
    await client.connect();
    await client.query('create schema stranger; create table stranger.thing (x int)');
    await client.query('set role plaza_example');
    await assert.rejects(client.query('select * from stranger.thing'), /permission denied/);
    await client.end();
  });

  test('history is never rewritten, not even by the owner', async () => {
    await using host = await startTestHost([exampleService]);
    const client = new pg.Client({ connectionString: host.ownerUrl });
    await client.connect();
    await client.query("insert into example.history values ('bazaar', 'it happened')");
    await assert.rejects(client.query("update example.history set line = 'it did not'"), /never changed/);
    await assert.rejects(client.query('delete from example.history'), /never changed/);
    await assert.rejects(client.query('truncate example.history'), /never changed/);
    await client.end();
  });
});

describe('events', () => {
  test('an event delivered many times, also at once, has its effect once', async () => {
    await using host = await startTestHost([exampleService]);
    const example = host.client<typeof exampleContract>('example');
    const { id } = await example.writeNote({ text: 'heard once' }, host.guest());
    const database = host.database('example');
    const [row] = await database.system((queries) =>
      queries.rows<{ envelope: EventEnvelope }>(sql`select envelope from example.outbox`),
    );
    const { reactions = [] } = await exampleService.create({ database } as never, {});
    const subscribers: Subscriber[] = [{ service: 'example', database, reactions }];
    assert.equal(row?.envelope.type, noteWritten.type);
    await Promise.all([1, 2, 3, 4].map(() => deliver(subscribers, [row?.envelope as EventEnvelope])));
    await host.deliver();
    const heard = await database.read('bazaar').rows(sql`select id, times from example.heard`);
    assert.deepEqual(heard, [{ id, times: 1 }]);
  });

  test('a reaction that fails leaves no effect, keeps the event, and does not hold up the others', async () => {
    await using host = await startTestHost([exampleService]);
    const example = host.client<typeof exampleContract>('example');
    await example.writeNote({ text: 'fails after its effect' }, host.guest());
    const second = await example.writeNote({ text: 'fine' }, host.guest());
    await host.deliver();
    const database = host.database('example');
    assert.deepEqual(await database.read('bazaar').rows(sql`select id, times from example.heard`), [
      { id: second.id, times: 1 },
    ]);
    const [waiting] = await database.system((queries) =>
      queries.rows<{ attempts: number }>(sql`select attempts from example.outbox`),
    );
    assert.equal(waiting?.attempts, 1);
  });

  test('events that are taken together are one transaction, each once in effect; one that cannot be taken is tried alone', async () => {
    await using host = await startTestHost([exampleService]);
    const database = host.database('example');
    const envelope = (text: string): EventEnvelope => ({
      specversion: '1.0',
      id: newId('event'),
      source: 'example',
      type: noteWritten.type,
      time: host.now().toISOString(),
      subject: text,
      marketplaceid: 'bazaar',
      data: { id: newUuid(), text },
    });
    const reactions = [
      reactionToMany(noteWritten, async ({ events, tx }) => {
        const texts = events.map(({ data }) => data.text);
        await tx.execute(
          sql`insert into example.note (marketplace_id, id, text) select 'bazaar', uuidv7(), unnest(${texts}::text[])`,
        );
        if (texts.includes('broken')) throw new Error('cannot be taken');
      }),
    ];
    const subscribers: Subscriber[] = [{ service: 'example', database, reactions }];
    const [a, b, c, broken] = ['a', 'b', 'c', 'broken'].map(envelope) as [
      EventEnvelope,
      EventEnvelope,
      EventEnvelope,
      EventEnvelope,
    ];
    // BEGIN with the inbox, the notes, COMMIT: as many for two as for one.
    assert.equal(await host.countStatements(() => deliver(subscribers, [a, b])), 4);
    assert.deepEqual([...(await deliver(subscribers, [a, b, broken, c])).keys()], [broken.id]);
    const { texts } = await host.client<typeof exampleContract>('example').listNotes({}, host.guest());
    assert.deepEqual(texts.sort(), ['a', 'b', 'c']);
  });

  test('events that are absorbed come together, oldest first; one that cannot be taken is tried alone', async () => {
    await using host = await startTestHost([exampleService]);
    const envelope = (text: string, marketplaceid = 'bazaar'): EventEnvelope => ({
      specversion: '1.0',
      id: newId('event'),
      source: 'example',
      type: noteWritten.type,
      time: host.now().toISOString(),
      subject: text,
      marketplaceid,
      data: { id: newUuid(), text },
    });
    const calls: string[][] = [];
    const reactions = [
      absorbing(noteWritten, async ({ events, context }) => {
        calls.push([context.marketplaceId, ...events.map(({ data }) => data.text)]);
        if (events.some(({ data }) => data.text === 'broken')) throw new Error('cannot be taken');
      }),
    ];
    const subscribers: Subscriber[] = [{ service: 'example', database: host.database('example'), reactions }];
    const given = [envelope('a'), envelope('b'), envelope('c', 'jaikod'), envelope('d'), envelope('broken')];
    const statements = await host.countStatements(async () => {
      assert.deepEqual([...(await deliver(subscribers, given)).keys()], [given[4]?.id]);
    });
    assert.deepEqual(calls, [
      ['bazaar', 'a', 'b'],
      ['jaikod', 'c'],
      ['bazaar', 'd', 'broken'],
      ['bazaar', 'd'],
      ['bazaar', 'broken'],
    ]);
    assert.equal(statements, 0, 'no inbox and no transaction');
  });
});
