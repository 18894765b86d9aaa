import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { exampleService } from '../testing/example/service.ts';
import { createTestDatabase } from '../testing/index.ts';
import { migrate } from './migrate.ts';

const SOURCES = [{ schema: 'example', folder: exampleService.migrations }];

test('an outbox that was made with jsonb keeps its events when it becomes json', async () => {
  const database = await createTestDatabase(SOURCES);
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query('alter table example.outbox alter column envelope type jsonb');
    await client.query("set plaza.marketplace_id = 'bazaar'");
    await client.query(
      `insert into example.outbox (marketplace_id, envelope) values ('bazaar', '{"type":"note.written"}')`,
    );
    // As one finds it who comes from before: another opening than today's.
    await client.query("update plaza.migration set checksum = 'older' where file = 'opening'");
    assert.equal(await migrate(database.ownerUrl, SOURCES), 0);
    const { rows } = await client.query('select pg_typeof(envelope) as kind, envelope from example.outbox');
    assert.deepEqual(rows, [{ kind: 'json', envelope: { type: 'note.written' } }]);
  } finally {
    await client.end();
    await database.drop();
  }
});
