import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { BrokenCsv, CsvCutter, type CsvRow } from './csv.ts';

function cutInPieces(
  text: string,
  size: number,
  options: { endsByReturn?: boolean; bytesMax?: number } = {},
): CsvRow[] {
  const cutter = new CsvCutter({ delimiter: ',', endsByReturn: false, bytesMax: 1_000, ...options });
  const bytes = Buffer.from(text);
  const rows: CsvRow[] = [];
  for (let from = 0; from < bytes.length; from += size)
    rows.push(...cutter.cut(bytes.subarray(from, from + size), { isLast: false }));
  return [...rows, ...cutter.cut(Buffer.alloc(0), { isLast: true })];
}

const cellsOf = (rows: readonly CsvRow[]) => rows.map(({ cells }) => cells);

/** What people's files hold: quotes where none should be, empty lines, rows of any length. */
const messyText = fc
  .array(fc.constantFrom('a', 'b', '"', ',', '\n', ' ', 'é', 'ก', '""', '",', ',"', '\n"', '"\n'), { maxLength: 16 })
  .map((parts) => `x,y\n${parts.join('')}`);

test('any text is cut as the reference parser cuts it, however it comes in', () => {
  fc.assert(
    fc.property(messyText, fc.integer({ min: 1, max: 8 }), (text, size) => {
      let expected: string[][];
      try {
        expected = parse(text, { relax_quotes: true, relax_column_count: true, skip_empty_lines: true });
      } catch {
        assert.throws(() => cutInPieces(text, size), BrokenCsv);
        return;
      }
      assert.deepEqual(cellsOf(cutInPieces(text, size)), expected);
    }),
    { numRuns: 2_000 },
  );
});

test('lines end by \\r\\n or \\r too, a byte order mark is no text, and rows know their line', () => {
  for (const size of [1, 2, 100]) {
    const windows = cutInPieces('\ufeff"a",b\r\n\r\n"1\r\n2",3\r\n4,"5"\r\n', size);
    assert.deepEqual(windows, [
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['1\r\n2', '3'] },
      { line: 5, cells: ['4', '5'] },
    ]);
    const old = cutInPieces('a,b\r1,"2"\r', size, { endsByReturn: true });
    assert.deepEqual(old, [
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', '2'] },
    ]);
  }
});

test('a row without end is refused before it fills the memory', () => {
  assert.throws(() => cutInPieces(`a,b\n"${'x'.repeat(50)}`, 10, { bytesMax: 40 }), /line 2 is longer than 40 bytes/);
});
