import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { archiveFile } from './archive.ts';
import { modelFile } from './model.ts';
import { soundFile } from './sound.ts';

test('a model is a binary glTF whose buffers are as long as it says', () => {
  const glb = modelFile('crate', '#5b7cf0');
  assert.equal(glb.toString('ascii', 0, 4), 'glTF');
  assert.equal(glb.readUInt32LE(8), glb.length);
  const jsonLength = glb.readUInt32LE(12);
  const document = JSON.parse(glb.toString('utf8', 20, 20 + jsonLength));
  const binaryLength = glb.readUInt32LE(20 + jsonLength);
  assert.equal(document.buffers[0].byteLength, binaryLength);
  const last = document.bufferViews.at(-1);
  assert.equal(last.byteOffset + last.byteLength, binaryLength);
  const indices = new Uint32Array(
    glb.buffer.slice(glb.byteOffset + 28 + jsonLength + last.byteOffset).slice(0, last.byteLength),
  );
  assert.ok(Math.max(...indices) < document.accessors[0].count);
  assert.deepEqual(modelFile('crate', '#5b7cf0'), glb);
});

test('a sound is four seconds of WAV that is not silent and does not clip', () => {
  const wav = soundFile('waves');
  assert.equal(wav.toString('ascii', 0, 4), 'RIFF');
  assert.equal(wav.readUInt32LE(4), wav.length - 8);
  assert.equal(wav.readUInt32LE(40), wav.length - 44);
  assert.equal((wav.length - 44) / 2 / wav.readUInt32LE(24), 4);
  const samples = Array.from({ length: (wav.length - 44) / 2 }, (_, i) => Math.abs(wav.readInt16LE(44 + i * 2)));
  const loudest = samples.reduce((most, sample) => Math.max(most, sample), 0);
  assert.ok(loudest > 8_000 && loudest < 32_000, String(loudest));
});

test('an archive holds its files where its directory says, with their checksums', () => {
  const zip = archiveFile({ 'ไฟล์.txt': 'สวัสดี', 'a/b.bin': Buffer.from([1, 2, 3]) });
  const end = zip.length - 22;
  assert.equal(zip.toString('latin1', end, end + 4), 'PK\x05\x06');
  assert.equal(zip.readUInt16LE(end + 10), 2);
  const directory = zip.readUInt32LE(end + 16);
  assert.equal(zip.toString('latin1', directory, directory + 4), 'PK\x01\x02');
  assert.equal(zip.readUInt32LE(directory + 16), crc32('สวัสดี'));
  const nameLength = zip.readUInt16LE(directory + 28);
  assert.equal(zip.toString('utf8', directory + 46, directory + 46 + nameLength), 'ไฟล์.txt');
  const local = zip.readUInt32LE(directory + 42);
  assert.equal(zip.toString('utf8', local + 30 + nameLength, local + 30 + nameLength + 18), 'สวัสดี');
});
