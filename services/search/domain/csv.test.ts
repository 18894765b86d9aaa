import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLines, plainOf } from './csv.ts';

test('no text begins a formula in a spreadsheet, and every text reads back as it was', () => {
  const risky = ['=1+1', '-2+3+cmd|x', '+1', '@SUM(A1)', ' =1', '\t=1', '＝1', '%x', '|x'];
  for (const text of [...risky, "'=1", "''=1"]) {
    const [line] = csvLines([[text]]).split('\r\n');
    assert.equal(line, `'${text}`);
    assert.equal(plainOf(line as string), text);
  }
  for (const text of ['lamp', "'t was", "12'", '3-way valve', ''])
    assert.equal(plainOf(csvLines([[text]]).trimEnd()), text);
  assert.equal(csvLines([[-1, 'say "a, b"']]), '-1,"say ""a, b"""\r\n');
});
