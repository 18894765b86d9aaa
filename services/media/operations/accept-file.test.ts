import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { newId, uuidFromId } from '@plaza/kernel';
import { createDiskStorage, sql } from '@plaza/runtime';
import { startTestHost } from '@plaza/runtime/testing';
import sharp from 'sharp';
import { mediaService } from '../index.ts';
import { acceptFile, type Candidate } from './accept-file.ts';
import type { Dependencies } from './dependencies.ts';

test('bytes that are sent in place of those that were checked are not kept, under nobody’s name', async () => {
  await using host = await startTestHost([mediaService]);
  const folder = path.join(host.folder, 'files');
  const database = host.database('media');
  const storage = createDiskStorage(folder, 'key', host.now);
  const dependencies = { database, storage, clock: host.now } as Dependencies;
  const accept = (purpose: Candidate['purpose'], owner: 'victim' | 'attacker', ...versions: readonly Buffer[]) => {
    let asked = 0;
    return acceptFile(dependencies, {
      marketplaceId: 'bazaar',
      purpose,
      filename: 'file',
      ownerMemberId: uuidFromId(owners[owner]),
      open: async () => Readable.from([versions[Math.min(asked++, versions.length - 1)] as Buffer]),
    });
  };
  const owners = { victim: newId('member'), attacker: newId('member') };
  const program = Buffer.from('#!/bin/sh\ncurl evil');
  const book = Buffer.from('A book of words');
  const { sha256 } = await accept('listing-file', 'victim', book);
  await assert.rejects(accept('listing-file', 'attacker', book, program), { code: 'FILE_CHANGED' });
  assert.deepEqual(await readFile(path.join(folder, 'bazaar/original', sha256)), book);

  const picture = (background: string) =>
    sharp({ create: { width: 8, height: 8, channels: 3, background } })
      .png()
      .toBuffer();
  await assert.rejects(accept('listing-image', 'attacker', await picture('red'), await picture('blue')), {
    code: 'FILE_CHANGED',
  });
  const rows = await database.read('bazaar').rows(sql`select 1 from media.asset`);
  assert.equal(rows.length, 1);
});
