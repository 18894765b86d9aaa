import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readJudgedSet } from './judged-set.ts';

/** As operators take it along from /admin/searches/judgements. */
const EXPORTED = {
  'listings.csv':
    'id,title,description,category,sku,attributes\r\nlst_1,"Shade, 3"" wide",,Lamps,S-1,brass\r\nlst_2,Lamp,,,,\r\n',
  'queries.csv': 'query_id,query\r\nbrass lamp,brass lamp\r\n',
  'grades.csv': 'query_id,listing_id,grade\r\nbrass lamp,lst_1,2.5\r\nbrass lamp,lst_gone,3\r\n',
};

test('what operators judged is read as a set; grades of listings that are gone are left out', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-judged-'));
  try {
    for (const [name, csv] of Object.entries(EXPORTED)) await writeFile(path.join(folder, name), csv);
    const { listings, queries, grades } = await readJudgedSet(folder);
    assert.deepEqual(
      listings.map(({ id, title, sku }) => [id, title, sku]),
      [
        ['lst_1', 'Shade, 3" wide', 'S-1'],
        ['lst_2', 'Lamp', ''],
      ],
    );
    assert.deepEqual(
      queries.map(({ text }) => text),
      ['brass lamp'],
    );
    assert.deepEqual(grades.get('brass lamp'), new Map([['lst_1', 2.5]]));
  } finally {
    await rm(folder, { recursive: true });
  }
});
