import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectType } from './file-type.ts';

test('text in UTF-16 is text, and neither audio nor something unknown', () => {
  const text = Buffer.from('\ufefftitle,price', 'utf16le');
  assert.equal(detectType(text), 'text/plain');
  assert.equal(detectType(Buffer.from(text).swap16()), 'text/plain');
  assert.equal(detectType(Buffer.from([0xff, 0xfe, 0x00, 0x00, 0x01, 0x02])), 'audio/mpeg');
  assert.equal(detectType(Buffer.from([0xff, 0xfb, 0x90, 0x44])), 'audio/mpeg');
});
