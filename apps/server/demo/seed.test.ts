import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogService } from '@plaza/catalog';
import type { catalogContract } from '@plaza/catalog/contract';
import { type Client, Fault, idFromUuid } from '@plaza/kernel';
import { loadMarketplaces } from '@plaza/kernel/marketplace';
import { marketingService } from '@plaza/marketing';
import type { marketingContract } from '@plaza/marketing/contract';
import { mediaService } from '@plaza/media';
import type { mediaContract } from '@plaza/media/contract';
import { createLogger } from '@plaza/runtime';
import { startTestHost } from '@plaza/runtime/testing';
import { v7 } from 'uuid';
import { DEMO_STORES } from './content/index.ts';
import type { DemoIdentity } from './members.ts';
import type { DemoOrders } from './orders.ts';
import { seedMarketplace } from './seed.ts';

const marketplaces = loadMarketplaces(new URL('../../../marketplaces/', import.meta.url));

/** Identity as seeding knows it: the four accounts, and others by sign-up, once each. */
function standInIdentity() {
  const members = new Map<string, ReturnType<typeof idFromUuid<'member'>>>();
  const memberOf = (email: string) => {
    const memberId = members.get(email) ?? idFromUuid('member', v7());
    members.set(email, memberId);
    return memberId;
  };
  const identity: Record<string, (input: { email: string }) => Promise<unknown>> = {
    grantRole: async () => ({}),
    createDemoMembers: async () => ({
      items: ['buyer', 'seller', 'moderator', 'admin'].map((role) => ({ role, memberId: memberOf(role) })),
    }),
    signUp: async ({ email }) => {
      if (members.has(email)) throw new Fault('EMAIL_TAKEN', 409, 'taken');
      return { state: 'SIGNED_IN', member: { id: memberOf(email) } };
    },
    signIn: async ({ email }) => ({ state: 'SIGNED_IN', member: { id: memberOf(email) } }),
  };
  return identity as never as DemoIdentity;
}

/** Orders of a buyer who has bought before. */
function standInOrders(): DemoOrders {
  return { listOrders: async () => ({ items: [{}], nextCursor: null }) } as never;
}

async function startDemo(marketplaceId: string) {
  const identity = standInIdentity();
  const host = await startTestHost([mediaService, catalogService, marketingService], { clients: { identity } });
  const catalog: Client<typeof catalogContract> = host.client('catalog');
  const clients = {
    identity,
    catalog,
    media: host.client<typeof mediaContract>('media'),
    marketing: host.client<typeof marketingContract>('marketing'),
    orders: standInOrders(),
  };
  // A few listings of two stores say as much as forty, sooner.
  const stores = (DEMO_STORES[marketplaceId] ?? []).slice(0, 2);
  const seed = (each = 2) =>
    seedMarketplace({
      clients,
      marketplaces,
      marketplaceId,
      dataFolder: host.folder,
      log: createLogger('silent'),
      stores: stores.map((store) => ({ ...store, listings: store.listings.slice(0, each) })),
    });
  const guest = host.guest({ marketplaceId });
  return { host, catalog, stores, seed, guest, service: host.service({ marketplaceId }) };
}

describe('seeding the demo', () => {
  test('opens stores and publishes their listings with pictures, and changes nothing the second time', async () => {
    const { host, catalog, seed, guest } = await startDemo('jaikod');
    await using _ = host;
    assert.deepEqual(await seed(), { listings: 4, orders: 0 });
    const first = await catalog.listListings({ limit: 50 }, guest);
    assert.equal(first.items.length, 4);
    assert.ok(first.items.every(({ imageUrl }) => imageUrl !== null));
    assert.deepEqual(await seed(), { listings: 0, orders: 0 });
    assert.deepEqual(await catalog.listListings({ limit: 50 }, guest), first);
  });

  test('completes what an interrupted start left as a draft', async () => {
    const { host, catalog, seed, guest, service, stores } = await startDemo('gamarriando');
    await using _ = host;
    await seed(1);
    const [store] = stores;
    const missing = store?.listings[1];
    assert.ok(store && missing);
    const { id: storeId } = await catalog.getStoreBySlug({ slug: store.slug }, guest);
    const draft = await catalog.createListing(
      {
        storeId,
        title: missing.title,
        handle: missing.handle,
        categoryId: missing.category,
        attributes: { ...missing.attributes } as Record<string, string | string[]>,
        condition: 'new',
        variants: [{ price: { amountMinor: 100, currency: 'MXN' }, onHand: 1 }],
      },
      service,
    );
    assert.deepEqual(await seed(), { listings: 2, orders: 0 });
    assert.equal((await catalog.getListing({ listingId: draft.id }, guest)).state, 'published');
  });

  test('digital listings carry a license for each choice and a file of the current release', async () => {
    const { host, catalog, seed, guest, service } = await startDemo('temuhash');
    await using _ = host;
    await seed();
    const { items } = await catalog.listListings({ limit: 50 }, guest);
    for (const { id } of items) {
      const listing = await catalog.getListing({ listingId: id }, guest);
      assert.deepEqual(
        listing.variants.map(({ licenseCode }) => licenseCode),
        ['personal', 'standard', 'studio'],
      );
      const { files, licenseOptions } = await catalog.getLicensedFiles({ listingId: id }, service);
      assert.equal(licenseOptions.length, 3);
      assert.match(files[0]?.filename ?? '', /\.glb$/);
    }
  });
});
