import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Handle } from '../contract.ts';
import { handleFrom } from './handle.ts';
import { plainText, safeDescription } from './safe-html.ts';

test('a handle is made of any title, in any script', () => {
  assert.equal(handleFrom("L'été — Crème Brûlée 50%"), 'lete-creme-brulee-50');
  assert.equal(handleFrom('โคมไฟ เก่า'), 'โคมไฟ-เก่า');
  assert.equal(handleFrom('ヴィンテージ ランプ'), 'ヴィンテージ-ランプ');
  assert.equal(handleFrom('!!!'), 'listing');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) =>
      assert.ok(Handle.safeParse(handleFrom(title)).success, handleFrom(title)),
    ),
  );
});

test('what could run in a browser is taken out of a description, and again changes nothing', () => {
  const cases: [string, string][] = [
    ['Plain, with "quotes" and a 5 > 3.', 'Plain, with "quotes" and a 5 > 3.'],
    ['<p onclick="x()">Hi<script>alert(1)</script></p>', '<p>Hi</p>'],
    ['<a href="javascript:alert(1)">x</a>', '<a rel="nofollow noopener ugc">x</a>'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<h1>Title</h1>', '<h2>Title</h2>'],
    ['<b>ราคา</b> &amp; más', '<b>ราคา</b> &amp; más'],
  ];
  for (const [given, safe] of cases) {
    assert.equal(safeDescription(given), safe);
    assert.equal(safeDescription(safe), safe);
  }
});

test('search reads the words of a description', () => {
  assert.equal(
    plainText(safeDescription('<p>Brass&nbsp;lamp</p><p>Tom &amp; Jerry</p><script>x</script>'), 100).replace(
      /\u00a0/g,
      ' ',
    ),
    'Brass lamp Tom & Jerry',
  );
});
