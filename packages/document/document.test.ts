import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { formatMoney } from '@plaza/kernel';
import { piecesOf } from './fonts.ts';
import { dateFormat, formatRate } from './formats.ts';
import { drawPdf, PAGE } from './page.ts';
import { fontOfWoff } from './woff.ts';
import { linesOf } from './wrap.ts';

test('a text is cut where its script changes, and nothing of it is lost', () => {
  const text = '฿1,299.00 入金 ร้านค้า Łódź ¥5';
  const pieces = piecesOf(text);
  assert.equal(pieces.map((piece) => piece.text).join(''), text);
  assert.deepEqual(
    pieces.map(({ script }) => script),
    ['thai', 'latin', 'japanese', 'latin', 'thai', 'latin', 'latin-ext', 'latin', 'latin-ext', 'latin'],
  );
});

test('a WOFF file is unpacked into the font it was made of: its tables have the sums they were given', () => {
  const file = createRequire(import.meta.url).resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff');
  const font = fontOfWoff(readFileSync(file));
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const record = 12 + i * 16;
    // The head table's own sum is over the font with its adjustment taken as zero.
    if (font.toString('latin1', record, record + 4) === 'head') continue;
    const [sum, offset, length] = [4, 8, 12].map((at) => font.readUInt32BE(record + at)) as [number, number, number];
    let actual = 0;
    for (let at = offset; at < offset + length; at += 4) actual = (actual + font.readUInt32BE(at)) >>> 0;
    assert.equal(actual, sum);
  }
});

const onPaper = (text: string, locale: string) =>
  buffer(
    drawPdf({ title: 'Paper', locale, time: new Date('2026-11-21T08:00:00Z'), pageLabel: '{page}' }, (page) => {
      page.down(page.block(text, PAGE.left, 120));
      page.rule();
      page.right(text.slice(0, 12), PAGE.right);
    }),
  );

test("Thai's AM is drawn with its ring below the tone mark", () => {
  const [piece] = piecesOf('น้ำ');
  assert.deepEqual([...(piece?.text ?? '')], ['น', '\u0e4d', '\u0e49', 'า']);
  assert.equal(piecesOf('ทำ')[0]?.text, 'ท\u0e4dา');
});

test('the same drawing makes the same bytes, in every script', async () => {
  for (const [locale, text] of [
    ['en', 'A vintage lamp with a brass foot and a long cord'],
    ['th', 'โคมไฟโบราณฐานทองเหลือง น้ำหนักสองกิโลกรัม'],
    ['es', 'Lámpara antigua con pie de latón y señas de uso'],
    ['ja', '真鍮の脚がついた古いランプ、長いコードつき'],
  ] as const) {
    const [first, second] = [await onPaper(text, locale), await onPaper(text, locale)];
    assert.ok(first.equals(second), locale);
    assert.equal(first.toString('latin1', 0, 5), '%PDF-');
  }
});

test('lines break between words, in languages without spaces too, and nothing is lost', () => {
  const byLength = (text: string) => text.length;
  assert.deepEqual(linesOf('a vintage lamp, brass', 'en', 10, byLength), ['a vintage', 'lamp,', 'brass']);
  assert.deepEqual(linesOf('antidisestablishment', 'en', 8, byLength), ['antidise', 'stablish', 'ment']);
  assert.deepEqual(linesOf('one\ntwo', 'en', 8, byLength), ['one', 'two']);
  for (const [locale, text] of [
    ['th', 'โคมไฟโบราณฐานทองเหลืองน้ำหนักสองกิโลกรัม'],
    ['ja', '真鍮の脚がついた古いランプ、長いコードつき'],
  ] as const) {
    const lines = linesOf(text, locale, 12, byLength);
    assert.ok(lines.length > 1 && lines.every((line) => line.length <= 12));
    assert.equal(lines.join(''), text);
    // No line begins with a vowel or tone mark that stands on the letter before it, nor with a comma.
    assert.ok(
      lines.every((line) => !/^[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e、]/.test(line)),
      lines.join('|'),
    );
  }
});

test('amounts, rates and days are written as their readers write them', () => {
  const amount = (amountMinor: number, currency: 'MXN' | 'THB' | 'JPY' | 'KWD' | 'EUR', locale: string) =>
    formatMoney({ amountMinor, currency }, locale).replace(/\s/g, ' ');
  assert.equal(amount(123_450, 'MXN', 'es'), '$1,234.50');
  assert.equal(amount(123_450, 'EUR', 'es'), '1234,50 €');
  assert.equal(amount(123_450, 'THB', 'th'), '฿1,234.50');
  assert.equal(amount(123_450, 'JPY', 'ja'), '￥123,450');
  assert.equal(amount(123_450, 'KWD', 'en'), 'KWD 123.450');
  assert.equal(formatRate(1_650, 'es'), '16.5%');
  const day = new Date('2026-11-20T18:00:00Z');
  assert.equal(dateFormat('es', 'America/Mexico_City').format(day), '20 de noviembre de 2026');
  assert.equal(dateFormat('th', 'Asia/Bangkok').format(day), '21 พฤศจิกายน 2569');
  assert.equal(dateFormat('ja', 'Asia/Tokyo').format(day), '2026年11月21日');
});
