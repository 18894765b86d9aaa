import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Client, newId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import { BINDINGS, startTestHost, type TestHost } from '@plaza/runtime/testing';
import sharp from 'sharp';
import type { mediaContract } from './contract.ts';
import { mediaService } from './index.ts';

type Media = Client<typeof mediaContract>;

async function start(options: { binding?: 'local' | 'remote'; environment?: Record<string, string> } = {}) {
  const host = await startTestHost([mediaService], options);
  return { host, media: host.client('media') as Media, [Symbol.asyncDispose]: () => host.close() };
}

/** A photo on its side, with a camera's metadata in it. */
function photo(width = 2000, height = 1000): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#b40' } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD3: { GPSLatitude: '51/1 30/1 0/1' }, IFD0: { Model: 'SecretCam' } })
    .jpeg()
    .toBuffer();
}

/** What a browser's PUT to the upload address does; the address itself is the storage's business. */
async function arrive(host: TestHost, uploadUrl: string, bytes: Buffer): Promise<void> {
  const file = path.join(
    host.folder,
    'files',
    decodeURIComponent(new URL(uploadUrl, 'http://x').pathname.replace('/files/', '')),
  );
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

const glb = Buffer.concat([Buffer.from('glTF'), Buffer.from([2, 0, 0, 0, 20, 0, 0, 0]), Buffer.alloc(8)]);
const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');

for (const binding of BINDINGS) {
  describe(`media contract, ${binding}`, () => {
    test('a photo becomes three upright pictures that do not tell where it was taken', async () => {
      await using shop = await start({ binding });
      const { host, media } = shop;
      const member = host.context();
      const bytes = await photo();
      const upload = await media.createUpload(
        { purpose: 'listing-image', filename: 'a.jpg', contentType: 'image/jpeg', sizeBytes: bytes.length },
        member,
      );
      await assert.rejects(media.completeUpload({ uploadId: upload.uploadId }, member), { code: 'UPLOAD_INCOMPLETE' });
      await arrive(host, upload.uploadUrl, bytes);
      const asset = await media.completeUpload({ uploadId: upload.uploadId }, member);
      assert.deepEqual([asset.width, asset.height, asset.isPublic], [1000, 2000, true]);
      for (const [url, width] of [
        [asset.renditions?.thumb, 320],
        [asset.renditions?.card, 640],
        [asset.renditions?.full, 1000],
      ] as const) {
        assert.match(url ?? '', /^\/files\/public\//);
        const found = await sharp(path.join(host.folder, 'files', (url ?? '').replace('/files/', ''))).metadata();
        assert.deepEqual([found.format, found.width, found.exif], ['webp', width, undefined]);
      }
      assert.deepEqual(
        await media.completeUpload({ uploadId: upload.uploadId }, member),
        asset,
        'repeating changes nothing',
      );
    });

    test('what is sold can be had by an expiring link alone', async () => {
      await using shop = await start({ binding });
      const { host, media } = shop;
      const asset = await media.storeBytes(
        { purpose: 'listing-file', filename: 'chair.glb', base64: glb.toString('base64') },
        host.service(),
      );
      assert.deepEqual([asset.contentType, asset.url, asset.renditions], ['model/gltf-binary', null, null]);
      const { url } = await media.createDownloadUrl(
        { assetId: asset.id, expiresInSeconds: 60, filename: 'ชุดเก้าอี้.glb' },
        host.service(),
      );
      assert.match(url, /^\/files\/bazaar\/original\/.*signature=/);
      await assert.rejects(media.createDownloadUrl({ assetId: asset.id }, host.context()), { code: 'FORBIDDEN' });
      await assert.rejects(media.createDownloadUrl({ assetId: newId('asset') }, host.service()), {
        code: 'ASSET_NOT_FOUND',
      });
    });

    test('the bytes say what a file is, whatever its name', async () => {
      await using shop = await start({ binding });
      const { host, media } = shop;
      const store = (purpose: 'listing-image' | 'listing-file', filename: string, content: string) =>
        media.storeBytes({ purpose, filename, base64: content }, host.service());
      const eicar = base64(`${'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD'}${'-ANTIVIRUS-TEST-FILE!$H+H*'}`);
      await assert.rejects(store('listing-image', 'a.jpg', base64('<svg xmlns="http://www.w3.org/2000/svg"/>')), {
        code: 'FILE_TYPE_REFUSED',
      });
      await assert.rejects(store('listing-image', 'a.jpg', glb.toString('base64')), { code: 'FILE_TYPE_REFUSED' });
      await assert.rejects(store('listing-file', 'a.zip', base64('MZ program')), { code: 'FILE_MALICIOUS' });
      await assert.rejects(store('listing-file', 'a.txt', eicar), { code: 'FILE_MALICIOUS' });
      await assert.rejects(
        store('listing-image', 'a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]).toString('base64')),
        { code: 'FILE_UNREADABLE' },
      );
      const rows = await host.database('media').read('bazaar').rows(sql`select 1 from media.asset`);
      assert.equal(rows.length, 0);
    });

    test('an upload is its owner’s; too large and wrong ones are refused before they are sent', async () => {
      await using shop = await start({ binding });
      const { host, media } = shop;
      const owner = host.context();
      const begin = (contentType: string, sizeBytes: number) =>
        media.createUpload({ purpose: 'avatar', filename: 'a', contentType, sizeBytes }, owner);
      await assert.rejects(begin('image/png', 11_000_000), { code: 'FILE_TOO_LARGE' });
      await assert.rejects(begin('text/html', 10), { code: 'FILE_TYPE_REFUSED' });
      const upload = await begin('image/png', 10);
      await assert.rejects(media.completeUpload({ uploadId: upload.uploadId }, host.context()), {
        code: 'UPLOAD_NOT_FOUND',
      });
      await assert.rejects(media.completeUpload({ uploadId: upload.uploadId }, { ...owner, marketplaceId: 'jaikod' }), {
        code: 'UPLOAD_NOT_FOUND',
      });
      host.advance({ hours: 2 });
      await host.runTimers();
      await assert.rejects(media.completeUpload({ uploadId: upload.uploadId }, owner), { code: 'UPLOAD_NOT_FOUND' });
    });

    test('the same bytes of one owner are one asset, stored by many at once or again', async () => {
      await using shop = await start({ binding });
      const { host, media } = shop;
      const input = {
        purpose: 'listing-image' as const,
        filename: 'a.jpg',
        base64: (await photo(64, 64)).toString('base64'),
      };
      const assets = await Promise.all([1, 2, 3, 4].map(() => media.storeBytes(input, host.service())));
      assert.equal(new Set(assets.map(({ id }) => id)).size, 1);
      const owned = await media.storeBytes({ ...input, ownerMemberId: newId('member') }, host.service());
      assert.notEqual(owned.id, assets[0]?.id);
      const theirs = await media.getAssets(
        { assetIds: [owned.id, newId('asset')], ownerMemberId: newId('member') },
        host.service(),
      );
      assert.deepEqual(theirs.items, []);
    });
  });
}

test('an import fetches from the web, from data addresses and from its folder, but from nowhere private', async () => {
  const bytes = await photo(80, 60);
  const server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/photo%20one.jpg' }).end();
    else if (request.url === '/out') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (request.url === '/nowhere') response.writeHead(302, { location: 'http://' }).end();
    else if (request.url === '/missing') response.writeHead(404).end();
    else response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  try {
    const at = `http://127.0.0.1:${port}`;
    await using open = await start({ environment: { PLAZA_IMPORT_PRIVATE_ADDRESSES: 'on' } });
    const fetchTo = (from: typeof open, url: string, folder?: string) =>
      from.media.importFromUrl(
        { purpose: 'listing-image', url, ...(folder === undefined ? {} : { folder }) },
        from.host.service(),
      );
    assert.equal((await fetchTo(open, `${at}/photo%20one.jpg`)).filename, 'photo one.jpg');
    assert.equal((await fetchTo(open, `${at}/moved`)).width, 60);
    assert.equal((await fetchTo(open, `data:image/jpeg;base64,${bytes.toString('base64')}`)).width, 60, 'upright');
    await assert.rejects(fetchTo(open, 'data:,100%'), { code: 'FILE_TYPE_REFUSED' });
    const odd = { purpose: 'avatar', url: `${at}/a%00%0Ab.jpg` } as const;
    assert.equal((await open.media.importFromUrl(odd, open.host.service())).filename, 'ab.jpg');
    await writeFile(path.join(open.host.folder, 'lamp.jpg'), bytes);
    assert.equal((await fetchTo(open, 'lamp.jpg', open.host.folder)).contentType, 'image/jpeg');
    for (const url of [
      `${at}/missing`,
      `${at}/loop`,
      `${at}/out`,
      `${at}/nowhere`,
      'http://',
      'http://no-such-host.invalid/a.jpg',
      'ftp://example.com/a',
    ])
      await assert.rejects(fetchTo(open, url), { code: 'SOURCE_UNREACHABLE' });
    await assert.rejects(fetchTo(open, '../../../etc/passwd', open.host.folder), { code: 'SOURCE_UNREACHABLE' });

    await using closed = await start();
    for (const url of [
      `${at}/a.jpg`,
      'http://localhost/a',
      'http://[::1]/a',
      'http://169.254.169.254/latest/meta-data',
      'http://10.0.0.1/',
    ])
      await assert.rejects(fetchTo(closed, url), {
        code: 'SOURCE_UNREACHABLE',
        data: { reason: 'it is in a private network' },
      });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('a query that does not name its marketplace sees no asset', async () => {
  await using shop = await start();
  const { host, media } = shop;
  await media.storeBytes(
    { purpose: 'listing-file', filename: 'a.glb', base64: glb.toString('base64') },
    host.service(),
  );
  const all = sql`select 1 from media.asset`;
  const database = host.database('media');
  assert.equal((await database.read('bazaar').rows(all)).length, 1);
  assert.equal((await database.read('jaikod').rows(all)).length, 0);
  assert.equal((await database.system((queries) => queries.rows(all))).length, 0);
});
