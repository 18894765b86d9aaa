import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import sql from 'sql-template-tag';
import { v7 } from 'uuid';
import { exampleService } from '../testing/example/service.ts';
import { startTestHost, type TestHost } from '../testing/index.ts';
import { BEGIN } from './opening-query.ts';
import { ScopedPool } from './pool.ts';

const BAZAAR = { marketplaceId: 'bazaar', isSystem: false };
const insertNote = (text: string, marketplaceId = 'bazaar') =>
  sql`insert into example.note (marketplace_id, id, text) values (${marketplaceId}, ${v7()}, ${text})`;

/** One connection, so that each use is of the same one. */
function poolOf(host: TestHost): ScopedPool {
  return new ScopedPool({ url: host.ownerUrl, role: 'plaza_app', connectionsMax: 1, onError: () => {} });
}

async function notes(pool: ScopedPool): Promise<string[]> {
  const { rows } = await pool.use(BAZAAR, (client) =>
    pool.query(client, sql`select text from example.note order by id`),
  );
  return rows.map(({ text }) => text);
}

describe('a transaction', () => {
  test('has its BEGIN with the first statement: should it fail, the statement does not run either', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    const write = (text: string) =>
      pool.transaction(BAZAAR, async (send) => ({ answer: await send(insertNote(text)), last: [] }));
    await write('before');
    await write('with it');
    await pool.use(BAZAAR, (client) => client.query(`deallocate ${BEGIN.name}`));
    await assert.rejects(write('outside of any transaction'), /plaza_begin/);
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

  test('that sends nothing costs nothing', async () => {
    await using host = await startTestHost([exampleService]);
    const pool = poolOf(host);
    await pool.transaction(BAZAAR, async () => ({ answer: undefined, last: [] }));
    assert.equal(pool.statementsSent, 0);
    await pool.end();
  });
});
