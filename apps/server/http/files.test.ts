import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { createDiskStorage, type Storage } from '@plaza/runtime';
import { fastify } from 'fastify';
import { registerFiles } from './files.ts';

const KEY = 'test-signing-key';

/** A disk on which what is called `full…` finds no room after its first bytes. */
function crowded(storage: Storage): Storage {
  return {
    ...storage,
    put: async (key, content, options) => {
      if (!key.includes('full')) return storage.put(key, content, options);
      const write = (_chunk: Buffer, _encoding: string, done: (error: Error) => void) =>
        setImmediate(() => done(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })));
      await pipeline(content as Readable, new Writable({ write }));
      throw new Error('it is full');
    },
  };
}

test('an upload that is refused on its way, or finds the disk full, keeps no other waiting that comes by the same connection', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'plaza-files-'));
  const storage = crowded(createDiskStorage(folder, KEY, () => new Date()));
  const server = fastify({ forceCloseConnections: true });
  registerFiles(server, storage, KEY);
  const door = await server.listen({ port: 0, host: '127.0.0.1' });
  const upload = async (name: string, size: number) => {
    const grant = { expiresInSeconds: 60, maxBytes: name.startsWith('full') ? 1e9 : 200_000, contentType: 'image/png' };
    const url = new URL(storage.signedUploadUrl(`bazaar/upload/${name}`, grant), door);
    const headers = { 'content-type': 'image/png' };
    const answer = await fetch(url, {
      method: 'PUT',
      headers,
      body: new Uint8Array(size),
      signal: AbortSignal.timeout(5_000),
    });
    await answer.arrayBuffer();
    // Of what is refused nobody reads the rest; whether the next request waits behind it would be a matter of luck.
    assert.equal(answer.headers.get('connection') === 'close', answer.status !== 200);
    return answer.status;
  };
  try {
    for (let turn = 0; turn < 3; turn++) {
      assert.equal(await upload(`large${turn}`, 20_000_000), 413);
      assert.equal(await upload(`full${turn}`, 50_000_000), 500);
      assert.equal(await upload(`small${turn}`, 100_000), 200);
    }
    assert.deepEqual((await readdir(path.join(folder, 'bazaar/upload'))).sort(), ['small0', 'small1', 'small2']);
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
});
