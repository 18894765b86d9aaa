import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded.ts';

test('our own PostgreSQL starts again where it ran, with what it held, when somebody has killed it', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-embedded-'));
  const postgres = await startEmbeddedPostgres({ folder });
  try {
    const ask = async (text: string): Promise<unknown[]> => {
      const client = new pg.Client({ connectionString: postgres.ownerUrl });
      await client.connect();
      try {
        return (await client.query(text)).rows;
      } finally {
        await client.end();
      }
    };
    await ask('create table kept as select 1 as one');
    assert.equal(await postgres.revive(), false, 'it runs');

    const [pid] = (await readFile(path.join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
    // It is there until the system has buried it.
    while (!(await postgres.revive()));
    assert.deepEqual(await ask('select one from kept'), [{ one: 1 }]);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
