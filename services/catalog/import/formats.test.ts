import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { csvLine } from './exported.ts';
import { formatOf, readFile } from './read-file.ts';
import { csvRecords, jsonRecords } from './records.ts';
import { SHOPIFY_EXPORT } from './shopify-export.fixture.ts';

/** A text in pieces that end anywhere, also within a character. */
function inPieces(text: string, size: number): Readable {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += size) pieces.push(bytes.subarray(from, from + size));
  return Readable.from(pieces);
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of source) found.push(each);
  return found;
}

// What a spreadsheet may hold: quotes, separators, line breaks, Thai, accents, emoji. A lone \r is a line end to CSV readers.
const cellText = fc
  .array(fc.constantFrom('a', 'é', 'ก', 'ำ', '💡', '"', ',', ';', '\n', '\t', "'", '<p>', ' ', '0'), { maxLength: 12 })
  .map((parts) => parts.join(''));

describe('file formats', () => {
  test('any table survives being written and read as CSV, however it is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cellText, cellText, cellText), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        async (rows, size) => {
          const columns = ['Handle', 'Title', 'Body (HTML)'];
          const filled = rows.map(([a, b, c], i) => [`h${i}${a}`, b, c]);
          const text = [columns, ...filled].map(csvLine).join('');
          const read = await all(csvRecords(inPieces(text, size)));
          assert.deepEqual(
            read.map(({ values }) => columns.map((column) => values[column])),
            filled,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test('any JSON values survive one a line, in an array and in a wrapping object', async () => {
    const value = fc.record(
      {
        title: cellText,
        nested: fc.record({ list: fc.array(cellText), '}{': fc.constant('[{') }, { noNullPrototype: true }),
      },
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), async (values, size) => {
        for (const text of [
          values.map((each) => JSON.stringify(each)).join('\n'),
          JSON.stringify(values, null, 2),
          JSON.stringify({ products: values, total: 194, more: { a: [1, { b: 2 }] } }),
        ]) {
          const read = await all(jsonRecords(inPieces(text, size)));
          assert.deepEqual(
            read.map((each) => each.value),
            values,
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  test('the format is told by the beginning', () => {
    assert.equal(formatOf(SHOPIFY_EXPORT), 'shopify-csv');
    assert.equal(formatOf(`\ufeff"Handle";"Title";"Variant Price"\n`), 'shopify-csv');
    assert.equal(formatOf('handle,title,price\n'), 'plain-csv');
    assert.equal(formatOf('{"title":"Lamp"}\n'), 'ndjson');
    assert.equal(formatOf(' [ {'), 'json');
    assert.equal(formatOf('{ "products": [ {'), 'json');
  });

  test('rows are told by their line, also behind fields with line breaks', async () => {
    const { drafts } = await readFile(Readable.from([SHOPIFY_EXPORT]), 'auto');
    const lines = SHOPIFY_EXPORT.split('\n');
    for (const { row, handle } of await all(drafts))
      assert.ok(lines[row - 1]?.startsWith(`${handle},`), `${handle} at ${row}`);
  });

  test('a Shopify product is its variants, its images once each, its state', async () => {
    const { drafts } = await readFile(Readable.from([SHOPIFY_EXPORT]), 'auto');
    const [lamp, table, , draft] = await all(drafts);
    assert.deepEqual(
      lamp?.variants.map(({ sku, options }) => [sku, options.map(({ value }) => value).join('/')]),
      [
        ['LAMP-S-M', 'Small/Matte'],
        ['LAMP-S-G', 'Small/Glossy'],
        ['0042', 'Large/Matte'],
      ],
    );
    assert.equal(lamp?.images?.length, 3);
    assert.equal(lamp?.variants[2]?.onHand, null, 'sold on when out of stock');
    assert.deepEqual(table?.variants[0]?.options, []);
    assert.equal(draft?.state, 'draft');
  });

  test('a plain CSV may use semicolons and its own spelling of the columns', async () => {
    const { drafts } = await readFile(
      Readable.from(['Name;Price;Compare-at price;Quantity;attribute.color\nLamp;1,299.50;;unlimited;red\n']),
      'auto',
    );
    const [lamp] = await all(drafts);
    assert.equal(lamp?.title.text, 'Lamp');
    assert.equal(lamp?.variants[0]?.price?.text, '1,299.50');
    assert.equal(lamp?.variants[0]?.onHand, null);
    assert.deepEqual(lamp?.attributes[0]?.key, 'color');
  });

  test('a file is read in what its byte order mark or the seller says it is written in', async () => {
    const table = (title: string) => `title,price\n${title},45\n`;
    const latin = Buffer.from(table('Lámpara'), 'latin1');
    const wide = Buffer.from(`\ufeff${table('ランプ')}`, 'utf16le');
    const thai = Buffer.concat([Buffer.from('title,price\n'), Buffer.from([0xe2, 0xa4, 0xc1]), Buffer.from(',45\n')]);
    for (const [bytes, encoding, title] of [
      [Buffer.from(`\ufeff${table('โคม')}`), undefined, 'โคม'],
      [wide, undefined, 'ランプ'],
      [Buffer.from(wide).swap16(), 'windows-1252', 'ランプ'],
      [latin, 'windows-1252', 'Lámpara'],
      [thai, 'windows-874', 'โคม'],
    ] as const)
      for (const size of [1, 7, 1000]) {
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        const { drafts } = await readFile(Readable.from(pieces), 'auto', { encoding });
        assert.equal((await all(drafts))[0]?.title.text, title);
      }
  });

  test('what cannot be read as text is refused, and never taken for other letters', async () => {
    for (const [bytes, code] of [
      [Buffer.from('title,price\nLámpara,45\n', 'latin1'), 'encoding'],
      [Buffer.from('title,price\nLamp\0,45\n'), 'not_text'],
      [Buffer.from('PK\u0003\u0004\0\0[Content_Types].xml'), 'not_text'],
    ] as const)
      await assert.rejects(async () => all((await readFile(Readable.from([bytes]), 'auto')).drafts), { code });
  });

  test('what no database keeps is left out of a JSON text', async () => {
    const [value] = await all(jsonRecords(Readable.from(['{"title":"La\\u0000mp \\ud83d, \\ud83d\\udca1"}'])));
    assert.deepEqual(value?.value, { title: 'Lamp �, 💡' });
  });
});
