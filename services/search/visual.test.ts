import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { catalogService } from '@plaza/catalog';
import type { catalogContract } from '@plaza/catalog/contract';
import type { Context } from '@plaza/kernel';
import { mediaService } from '@plaza/media';
import type { mediaContract } from '@plaza/media/contract';
import { sql } from '@plaza/runtime';
import { BINDINGS, startTestHost, type TestHost } from '@plaza/runtime/testing';
import type { searchContract } from './contract.ts';
import { searchService } from './index.ts';
import { blueMug, cut, lamp, mug, pictureOf, redMug, room, shelf } from './visual/testing/goods.ts';

const clients = { identity: { grantRole: async () => ({}) }, payments: { openStoreAccount: async () => ({}) } };

async function openStore(host: TestHost, name: string, marketplaceId = 'bazaar') {
  const catalog = host.client<typeof catalogContract>('catalog');
  const seller = host.context({ roles: ['seller'], marketplaceId });
  const store = await catalog.createStore({ name }, seller);
  return {
    catalog,
    seller,
    async publish(title: string, picture: Buffer, amountMinor = 4500) {
      const media = host.client<typeof mediaContract>('media');
      const { id: assetId } = await media.storeBytes(
        { purpose: 'listing-image', filename: `${title}.png`, base64: picture.toString('base64') },
        host.service({ marketplaceId }),
      );
      const { id } = await catalog.createListing(
        {
          storeId: store.id,
          title,
          categoryId: marketplaceId === 'bazaar' ? 'phones' : 'audio',
          condition: 'good',
          attributes: { color: 'black', brand: 'Acme' },
          images: [{ assetId }],
          variants: [{ price: { amountMinor, currency: 'USD' }, onHand: 3 }],
        },
        seller,
      );
      await catalog.publishListing({ listingId: id }, seller);
      return id;
    },
  };
}

/** Pictures are looked at by a timer, what it found is announced. */
async function settle(host: TestHost): Promise<void> {
  await host.deliver();
  await host.runTimers('bazaar');
  await host.deliver();
}

/** What a browser's PUT does; the address is the storage's business. */
async function send(host: TestHost, uploadUrl: string, bytes: Buffer): Promise<string> {
  const { pathname } = new URL(uploadUrl, 'http://x');
  const file = path.join(host.folder, 'files', decodeURIComponent(pathname.replace('/files/', '')));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  return file;
}

async function search(host: TestHost, picture: Buffer, who: Context = host.guest()) {
  const client = host.client<typeof searchContract>('search');
  const sent = { contentType: 'image/png', sizeBytes: picture.length };
  const { pictureId, uploadUrl } = await client.createPictureSearch(sent, who);
  await send(host, uploadUrl, picture);
  await client.completePictureSearch({ pictureId }, who);
  return client.listPictureMatches({ pictureId }, who);
}

const titles = (page: { items: { listing: { title: string }; reason: { code: string } }[] }) =>
  page.items.map(({ listing, reason }) => `${listing.title}: ${reason.code}`);

for (const binding of BINDINGS) {
  describe(`search by picture, ${binding}`, () => {
    const start = () => startTestHost([mediaService, catalogService, searchService], { binding, clients });

    test('a photo finds the listing with the same picture first, then what looks alike, each saying why', async () => {
      await using host = await start();
      const store = await openStore(host, 'Kitchen');
      await store.publish('Red mug', pictureOf(redMug));
      await store.publish('Blue mug', pictureOf(blueMug));
      await store.publish('Shelf', pictureOf(shelf));
      await settle(host);
      const found = await search(host, pictureOf(redMug, { side: 500, margin: 0.15 }));
      assert.equal(titles(found)[0], 'Red mug: same_picture');
      assert.deepEqual(titles(found).slice(1).sort(), ['Blue mug: looks_alike', 'Shelf: looks_alike']);
      assert.deepEqual(found.items[0]?.reason.by, 'color_and_shape');
      const mirrored = await search(
        host,
        pictureOf((x, y) => redMug(-x, y)),
      );
      assert.equal(titles(mirrored)[0], 'Red mug: same_picture', 'in the mirror too');
    });

    test('a photo finds the picture it was cut from, and the cut of it', async () => {
      await using host = await start();
      const store = await openStore(host, 'Rooms');
      await store.publish('Chair', pictureOf(room));
      await settle(host);
      assert.deepEqual(titles(await search(host, pictureOf(cut(room)))), ['Chair: same_picture']);
      await store.publish('Copied chair', pictureOf(cut(cut(room))));
      await settle(host);
      assert.deepEqual(titles(await search(host, pictureOf(cut(room)))).sort(), [
        'Chair: same_picture',
        'Copied chair: same_picture',
      ]);
    });

    test('what leaves sale is not shown, nor a picture that was taken out, nor anything to another marketplace', async () => {
      await using host = await start();
      const store = await openStore(host, 'Kitchen');
      const [paused, deleted, changed] = [
        await store.publish('Paused', pictureOf(redMug)),
        await store.publish('Deleted', pictureOf(mug([201, 30, 40]))),
        await store.publish('Changed', pictureOf(lamp)),
      ];
      await settle(host);
      assert.equal((await search(host, pictureOf(redMug))).items.length, 3);
      const elsewhere = await search(host, pictureOf(redMug), host.guest({ marketplaceId: 'jaikod' }));
      assert.deepEqual(elsewhere.items, []);
      await store.catalog.pauseListing({ listingId: paused }, store.seller);
      await store.catalog.deleteListing({ listingId: deleted }, store.seller);
      await store.catalog.updateListing({ listingId: changed, images: [] }, store.seller);
      await settle(host);
      assert.deepEqual((await search(host, pictureOf(redMug))).items, []);
    });

    test('a listing shows what looks like it, by price if asked, and moderators see who else has its picture', async () => {
      await using host = await start();
      const [store, thief] = [await openStore(host, 'Kitchen'), await openStore(host, 'Thief')];
      const original = await store.publish('Red mug', pictureOf(redMug));
      await store.publish('Blue mug', pictureOf(blueMug), 9000);
      await store.publish(
        'Small mug',
        pictureOf((x, y) => redMug(x * 1.15, y * 1.15)),
        9000,
      );
      await thief.publish(
        'Stolen',
        pictureOf((x, y) => redMug(-x, y), { side: 320 }),
        1000,
      );
      await settle(host);
      const client = host.client<typeof searchContract>('search');
      const alike = await client.listAlike({ listingId: original }, host.guest());
      assert.deepEqual(new Set(alike.items.map(({ listing }) => listing.title)), new Set(['Small mug', 'Stolen']));
      const dear = await client.listAlike({ listingId: original, priceMinorMin: 5000 }, host.guest());
      assert.deepEqual(titles(dear), ['Small mug: same_picture']);
      const first = await client.listAlike({ listingId: original, limit: 1 }, host.guest());
      const rest = await client.listAlike(
        { listingId: original, limit: 1, cursor: first.nextCursor ?? '' },
        host.guest(),
      );
      assert.deepEqual([...titles(first), ...titles(rest)], titles(alike));
      const moderator = host.context({ roles: ['moderator'] });
      assert.deepEqual(titles(await client.listCopies({ listingId: original }, moderator)), ['Stolen: same_picture']);
      await assert.rejects(client.listCopies({ listingId: original }, store.seller), { code: 'FORBIDDEN' });
      const unseen = await store.publish('New', pictureOf(lamp));
      await host.deliver();
      assert.deepEqual((await client.listAlike({ listingId: unseen }, host.guest())).items, []);
      const astray = client.listAlike({ listingId: unseen, cursor: 'bm90IG91cnM' }, host.guest());
      await assert.rejects(astray, { code: 'INVALID_INPUT' });
    });

    test('what cannot be looked at is refused by name, and neither picture nor look outlives its time', async () => {
      await using host = await start();
      const client = host.client<typeof searchContract>('search');
      const who = host.context();
      const begin = (bytes: Buffer) =>
        client.createPictureSearch({ contentType: 'image/png', sizeBytes: bytes.length }, who);
      const good = pictureOf(redMug);
      for (const [bytes, code] of [
        [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'type'],
        [good.subarray(0, 200), 'unreadable'],
        [pictureOf(redMug, { side: 1 }), 'too_small'],
      ] as const) {
        const { pictureId, uploadUrl } = await begin(bytes);
        const file = await send(host, uploadUrl, bytes);
        await assert.rejects(
          client.completePictureSearch({ pictureId }, who),
          (fault: { code: string; errors: { pointer: string; code: string }[] }) => {
            assert.deepEqual(
              [fault.code, fault.errors[0]?.pointer, fault.errors[0]?.code],
              ['INVALID_INPUT', '/picture', `picture_${code}`],
            );
            return true;
          },
        );
        await assert.rejects(writeFile(file, '', { flag: 'r+' }), { code: 'ENOENT' }, 'the picture is gone');
      }
      await assert.rejects(client.createPictureSearch({ contentType: 'image/svg+xml', sizeBytes: 9 }, who), {
        code: 'INVALID_INPUT',
      });
      const { pictureId, uploadUrl } = await begin(good);
      await assert.rejects(client.listPictureMatches({ pictureId }, who), { code: 'PICTURE_NOT_LOOKED_AT' });
      await send(host, uploadUrl, good);
      const looked = await client.completePictureSearch({ pictureId }, who);
      assert.deepEqual(await client.completePictureSearch({ pictureId }, who), looked, 'repeating changes nothing');
      for (const other of [host.context(), host.guest()])
        await assert.rejects(client.listPictureMatches({ pictureId }, other), { code: 'PICTURE_NOT_FOUND' });
      host.advance({ hours: 1 });
      await assert.rejects(client.listPictureMatches({ pictureId }, who), { code: 'PICTURE_NOT_FOUND' });
      await host.runTimers('bazaar');
      const rows = await host.database('search').read('bazaar').rows(sql`select 1 from search.picture_search`);
      assert.deepEqual(rows, []);
    });
  });
}

test('one caller cannot keep the others from searching', async () => {
  await using host = await startTestHost([mediaService, catalogService, searchService], { clients });
  const client = host.client<typeof searchContract>('search');
  const begin = (who: Context) => client.createPictureSearch({ contentType: 'image/png', sizeBytes: 99 }, who);
  const guest = host.guest();
  for (let i = 0; i < 30; i++) await begin(guest);
  await assert.rejects(begin(guest), { code: 'RATE_LIMITED' });
  await begin(host.guest());
  host.advance({ minutes: 10 });
  await begin(guest);
});
