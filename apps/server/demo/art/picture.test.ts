import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { renderPicture } from '../render.ts';
import { SUBJECTS } from './index.ts';
import { drawPicture, parsePicture } from './picture.ts';

test('every subject is drawn from shapes alone, the same for the same input', () => {
  for (const subject of Object.keys(SUBJECTS)) {
    const picture = `${subject} #3a5ba0 #f2a65a`;
    const svg = drawPicture(picture, 'studio');
    assert.equal(drawPicture(picture, 'studio'), svg);
    assert.ok(!/NaN|undefined|<text|<image|href/.test(svg), subject);
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, `${subject} names a definition twice`);
    for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) assert.ok(ids.includes(used), `${subject}: ${used}`);
  }
});

test('a subject that does not exist is refused by name', () => {
  assert.throws(() => parsePicture('unicorn #000000 #ffffff'), /unicorn/);
});

test('a picture is rendered once and then found in the cache', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'plaza-pictures-'));
  try {
    const svg = drawPicture('mug #3a5ba0 #f2a65a', 'warm');
    const file = await renderPicture(svg, { folder, pixels: 64 });
    const { mtimeMs } = statSync(file);
    assert.equal(await renderPicture(svg, { folder, pixels: 64 }), file);
    assert.equal(statSync(file).mtimeMs, mtimeMs);
    assert.deepEqual(readdirSync(folder), [path.basename(file)]);
    const { format, width, height } = await sharp(file).metadata();
    assert.deepEqual([format, width, height], ['webp', 64, 64]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
