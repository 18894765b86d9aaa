import assert from 'node:assert/strict';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { exampleService } from '../testing/example/service.ts';
import { startTestHost } from '../testing/index.ts';
import { columnsOf } from './columns.ts';

const COLUMNS = {
  number: 'bigint',
  title: 'text',
  is_new: 'boolean',
  made_time: 'timestamptz',
  tags: 'text[]',
  attributes: 'jsonb',
} as const;

const ODD = ['', 'null', 'NULL', ' a, b ', '{}', '"', '\\', '\\n', '\n\t\r\b\f', 'it’s \u0001 ไทย 🦉', '\\"\\\\"\n'];

test('rows come out of PostgreSQL as they went in, whatever stands in their texts', async () => {
  await using host = await startTestHost([exampleService]);
  const queries = host.database('example').read('bazaar');
  const given = ODD.map((title, number) => ({
    number,
    title,
    is_new: number % 2 === 0,
    made_time: new Date(number),
    tags: ODD.slice(0, number),
    attributes: { [title]: [title, number, null, true] },
  }));
  const { names, rows } = columnsOf(COLUMNS, given);
  assert.deepEqual(await queries.rows(sql`select ${names} from ${rows} r order by number`), given);
});

test('what is absent is null, and the statement is the same for any number of rows', async () => {
  await using host = await startTestHost([exampleService]);
  const { rows } = columnsOf(COLUMNS, [{ number: 1 }, { number: 2, title: null, tags: [] }]);
  const nothing = { title: null, is_new: null, made_time: null, tags: null, attributes: null };
  assert.deepEqual(await host.database('example').read('bazaar').rows(sql`select r.* from ${rows} r order by number`), [
    { ...nothing, number: 1 },
    { ...nothing, number: 2, tags: [] },
  ]);
  assert.equal(columnsOf(COLUMNS, []).rows.text, rows.text);
});
