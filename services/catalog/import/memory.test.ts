import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readFile } from './read-file.ts';

const ROWS = 100_000;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** A Shopify file of 100,000 rows (about 100 MB) that nobody holds as a whole. */
function* lines(): Generator<string> {
  yield 'Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\n';
  const description = `"<p>${'A lamp of brass, with a ""shade"". '.repeat(25)}</p>"`;
  for (let i = 0; i < ROWS / 2; i++) {
    yield `lamp-${i},Lamp ${i},${description},Old Light,"brass, lamp",true,Size,S,S-${i},45.00,https://cdn.example.com/${i}.jpg\n`;
    yield `lamp-${i},,,,,,,M,M-${i},46.00,\n`;
  }
}

/** What is held when all garbage is gone, in bytes. What waits for its collection depends on when V8 thinks it is worth one. */
function heldBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('100,000 rows are read without memory growing with the file', async () => {
  const { drafts } = await readFile(Readable.from(lines(), { objectMode: false }), 'auto');
  let listings = 0;
  let variants = 0;
  let early = 0;
  let late = 0;
  for await (const draft of drafts) {
    listings++;
    variants += draft.variants.length;
    if (listings === ROWS / 20) early = heldBytes();
    else if (listings % (ROWS / 10) === 0) late = Math.max(late, heldBytes());
  }
  assert.deepEqual([listings, variants], [ROWS / 2, ROWS]);
  const grownMegabytes = (late - early) / 1e6;
  // Chunks that are being read come and go; the file is 100 MB.
  assert.ok(grownMegabytes < 30, `grew by ${grownMegabytes.toFixed(1)} MB`);
});
