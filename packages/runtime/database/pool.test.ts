import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newUuid } from '@plaza/kernel';
import pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { exampleService } from '../testing/example/service.ts';
import { freePort, startTestHost, type TestHost } from '../testing/index.ts';
import { ScopedPool } from './pool.ts';

const BAZAAR = { marketplaceId: 'bazaar', isSystem: false };
const insertNote = (text: string, marketplaceId = 'bazaar') =>
  sql`insert into example.note (marketplace_id, id, text) values (${marketplaceId}, ${newUuid()}, ${text})`;

/** One connection, so that each use is of the same one. */
function poolOf(host: TestHost): ScopedPool {
  return new ScopedPool({ url: host.ownerUrl, role: 'plaza_app', connectionsMax: 1, onError: () => {} });
}

async function ownerOf(host: TestHost) {
  const client = new pg.Client({ connectionString: host.ownerUrl });
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end() };
}

async function notes(pool: ScopedPool): Promise<string[]> {
  const { rows } = await pool.use(BAZAAR, (client) =>
    pool.query(client, sql`select text from example.note order by id`),
  );
  return (rows as { text: string }[]).map(({ text }) => text);
}

describe('a transaction', () => {
  test('has its BEGIN with the first statement: should it fail, the statement does not run either', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    const write = (text: string) =>
      pool.transaction(BAZAAR, async (send) => ({ answer: await send(insertNote(text)), last: [] }));
    await write('before');
    await write('with it');
    await pool.use(BAZAAR, async (client) => {
      const { rows } = await client.query("select name from pg_prepared_statements where statement = 'begin'");
      await client.query(`deallocate ${rows[0].name}`);
    });
    await assert.rejects(write('outside of any transaction'), /prepared statement .* does not exist/);
    assert.deepEqual(await notes(pool), ['before', 'with it']);
    await pool.end();
  });

  test('answers the results of its last statements, and what all of them wrote is there', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    const { answer, results } = await pool.transaction(BAZAAR, async (send) => {
      await Promise.all([send(insertNote('one')), send(insertNote('two'))]);
      return { answer: 'done', last: [insertNote('three'), sql`select count(*)::int as written from example.note`] };
    });
    assert.deepEqual([answer, results.map(({ rows }) => rows)], ['done', [[], [{ written: 3 }]]]);
    assert.deepEqual(await notes(pool), ['one', 'two', 'three']);
    await pool.end();
  });

  test('is undone as a whole when one of its last statements is refused, and the connection goes on', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    const failing = pool.transaction(BAZAAR, async (send) => {
      await send(insertNote('undone'));
      return { answer: undefined, last: [insertNote('not ours', 'jaikod'), insertNote('too late')] };
    });
    await assert.rejects(failing, /row-level security/);
    await pool.transaction(BAZAAR, async () => ({ answer: undefined, last: [insertNote('kept')] }));
    assert.deepEqual(await notes(pool), ['kept']);
    await pool.end();
  });

  test('whose failed statement was caught does not pass for committed', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    const failing = pool.transaction(BAZAAR, async (send) => {
      await send(insertNote('undone'));
      await send(sql`select 1 / 0`).catch(() => {});
      return { answer: undefined, last: [] };
    });
    await assert.rejects(failing, /does not commit/);
    assert.deepEqual(await notes(pool), []);
    await pool.end();
  });

  test('whose work fails beside a statement leaves nothing of it, nor of what would have come after', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    let late: Promise<unknown> = Promise.resolve();
    const failing = pool.transaction(BAZAAR, (send) => {
      late = send(insertNote('on its way')).then(() => send(insertNote('afterwards')));
      return Promise.all([late, Promise.reject(new Error('no more'))]).then(() => ({ answer: undefined, last: [] }));
    });
    await assert.rejects(failing, /no more/);
    await assert.rejects(late, /after its transaction had ended/);
    assert.deepEqual(await notes(pool), []);
    await pool.end();
  });

  test('that sends nothing costs nothing', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    await pool.transaction(BAZAAR, async () => ({ answer: undefined, last: [] }));
    assert.equal(pool.statementsSent, 0);
    await pool.end();
  });

  test('of last statements alone is one without BEGIN: what one of them is refused, none of them wrote', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    const write = (...last: Sql[]) => pool.transaction(BAZAAR, async () => ({ answer: undefined, last }));
    for (const round of ['prepared one by one', 'sent in one go']) {
      await write(insertNote(`${round}, one`), insertNote(`${round}, two`));
      await assert.rejects(
        write(insertNote('undone'), insertNote('not ours', 'jaikod'), insertNote('too late')),
        /row-level/,
      );
    }
    const before = pool.statementsSent;
    await write(insertNote('last, one'), insertNote('last, two'));
    assert.equal(pool.statementsSent - before, 2);
    assert.deepEqual(await notes(pool), [
      'prepared one by one, one',
      'prepared one by one, two',
      'sent in one go, one',
      'sent in one go, two',
      'last, one',
      'last, two',
    ]);
    await pool.end();
  });
});

describe('a statement', () => {
  test('that is sent again reads its rows as node-postgres read them the first time', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    const ask = (value: number | null) =>
      pool.use(BAZAAR, (client) =>
        pool.query(
          client,
          sql`select ${value}::bigint as number, ${'{"a": [1]}'}::jsonb as json, '2026-11-21T00:00:00.123Z'::timestamptz as time,
            ${['x', 'y "z"', null]}::text[] as texts, true as yes, null::text as nothing, ${Buffer.from([0, 255])}::bytea as bytes,
            1.5::float8 as "a 'quoted' ""name"""`,
        ),
      );
    for (const value of [7, null]) {
      const first = await ask(value);
      const again = await ask(value);
      assert.deepEqual(again, first);
      assert.deepEqual(
        { ...(again.rows[0] as object) },
        {
          number: value,
          json: { a: [1] },
          time: new Date('2026-11-21T00:00:00.123Z'),
          texts: ['x', 'y "z"', null],
          yes: true,
          nothing: null,
          bytes: Buffer.from([0, 255]),
          'a \'quoted\' "name"': 1.5,
        },
      );
    }
    const none = sql`select 1 as one where false`;
    for (let round = 0; round < 2; round++)
      assert.deepEqual(await pool.use(BAZAAR, (client) => pool.query(client, none)), {
        rows: [],
        rowCount: 0,
        command: 'SELECT',
      });
    await pool.end();
  });

  test('whose value cannot be sent or read fails alone', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    const ask = (value: unknown) =>
      pool.use(BAZAAR, (client) => pool.query(client, sql`select ${value as string}::text::bigint as number`));
    const endless: { self?: unknown } = {};
    endless.self = endless;
    for (let round = 0; round < 2; round++) {
      assert.deepEqual((await ask('1')).rows, [{ number: 1 }]);
      await assert.rejects(ask(endless), /circular/i);
      await assert.rejects(ask('9007199254740993'), /beyond 2\^53/);
    }
    await pool.end();
  });
});

test('a database that cannot be reached is unavailable for now, and whoever runs Plaza is told why', async () => {
  const told: Error[] = [];
  const url = `postgres://nobody@127.0.0.1:${await freePort()}/nowhere`;
  const pool = new ScopedPool({ url, connectionsMax: 1, onError: (error) => told.push(error) });
  await assert.rejects(notes(pool), { code: 'UNAVAILABLE', status: 503 });
  assert.match(String(told[0]), /ECONNREFUSED/);
  await pool.end();
});

test('a connection that is cut while it is lent ends neither the process nor the pool', async () => {
  await using host = await startTestHost([exampleService]);
  const told: Error[] = [];
  const onError = (error: Error) => told.push(error);
  const pool = new ScopedPool({ url: host.ownerUrl, role: 'plaza_app', connectionsMax: 1, onError });
  await using server = await ownerOf(host);
  await pool.use(BAZAAR, async (client) => {
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const cut = new Promise((resolve) => client.once('end', resolve));
    await server.client.query('select pg_terminate_backend($1)', [rows[0].pid]);
    await cut;
    await assert.rejects(client.query('select 1'));
  });
  assert.ok(told.length > 0);
  assert.deepEqual(await notes(pool), []);
  await pool.end();
});
