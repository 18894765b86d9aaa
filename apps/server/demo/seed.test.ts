import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogService } from '@plaza/catalog';
import type { catalogContract } from '@plaza/catalog/contract';
import { identityService } from '@plaza/identity';
import type { identityContract } from '@plaza/identity/contract';
import type { Client } from '@plaza/kernel';
import { loadMarketplaces } from '@plaza/kernel/marketplace';
import { marketingService } from '@plaza/marketing';
import type { marketingContract } from '@plaza/marketing/contract';
import { mediaService } from '@plaza/media';
import type { mediaContract } from '@plaza/media/contract';
import { ordersService } from '@plaza/orders';
import type { ordersContract } from '@plaza/orders/contract';
import { paymentsService } from '@plaza/payments';
import type { paymentsContract } from '@plaza/payments/contract';
import { reviewsService } from '@plaza/reviews';
import type { reviewsContract } from '@plaza/reviews/contract';
import { createLogger } from '@plaza/runtime';
import { startTestHost } from '@plaza/runtime/testing';
import { searchService } from '@plaza/search';
import type { searchContract } from '@plaza/search/contract';
import { subscriptionsService } from '@plaza/subscriptions';
import type { subscriptionsContract } from '@plaza/subscriptions/contract';
import { DEMO_STORES } from './content/index.ts';
import { seedMarketplace } from './seed.ts';

const marketplaces = loadMarketplaces(new URL('../../../marketplaces/', import.meta.url));

async function startDemo(marketplaceId: string, slugs?: readonly string[]) {
  const host = await startTestHost(
    [
      identityService,
      mediaService,
      paymentsService,
      subscriptionsService,
      catalogService,
      marketingService,
      searchService,
      ordersService,
      reviewsService,
    ],
    { environment: { PLAZA_DEMO: 'on' } },
  );
  const catalog: Client<typeof catalogContract> = host.client('catalog');
  const orders: Client<typeof ordersContract> = host.client('orders');
  const identity: Client<typeof identityContract> = host.client('identity');
  const reviews: Client<typeof reviewsContract> = host.client('reviews');
  const clients = {
    identity,
    catalog,
    orders,
    reviews,
    media: host.client<typeof mediaContract>('media'),
    payments: host.client<typeof paymentsContract>('payments'),
    subscriptions: host.client<typeof subscriptionsContract>('subscriptions'),
    marketing: host.client<typeof marketingContract>('marketing'),
    search: host.client<typeof searchContract>('search'),
  };
  // A few listings of two stores say as much as forty, sooner.
  const all = DEMO_STORES[marketplaceId] ?? [];
  const stores = slugs === undefined ? all.slice(0, 2) : all.filter(({ slug }) => slugs.includes(slug));
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
  return { host, identity, catalog, orders, reviews, stores, seed, guest, service: host.service({ marketplaceId }) };
}

describe('seeding the demo', () => {
  test('opens stores and publishes their listings with pictures, and changes nothing the second time', async () => {
    const { host, catalog, seed, guest } = await startDemo('jaikod');
    await using _ = host;
    assert.equal((await seed()).listings, 4);
    const first = await catalog.listListings({ limit: 50 }, guest);
    assert.equal(first.items.length, 4);
    assert.ok(first.items.every(({ imageUrl }) => imageUrl !== null));
    assert.deepEqual(await seed(), { listings: 0, orders: 0, reviews: 0 });
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
    assert.equal((await seed()).listings, 2);
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

  test('the people behind the stores have bought from each other and said so; an interrupted start is completed', async () => {
    const { host, catalog, orders, reviews, seed, guest } = await startDemo('temuhash');
    await using _ = host;
    assert.equal((await seed(2)).reviews, 1);
    const { items: listings } = await catalog.listListings({ limit: 50 }, guest);
    const ratings = await Promise.all(listings.map(({ id }) => reviews.getRating({ listingId: id }, guest)));
    assert.deepEqual(ratings.map(({ counts }) => counts.join('')).sort(), ['00000', '00000', '00000', '00001']);
    assert.equal((await seed(2)).reviews, 0);
    // A third listing is there now; the order of the first start is not placed again.
    assert.equal((await seed(3)).reviews, 0);
    const operator = host.context({ marketplaceId: 'temuhash', roles: ['moderator'] });
    const bought = await orders.listAllOrders({ limit: 10 }, operator);
    assert.equal(bought.items.filter(({ states }) => states.every(({ state }) => state === 'completed')).length, 1);
  });

  test('the demo buyer has bought, and the demo seller has something to send', async () => {
    const { host, identity, catalog, orders, seed, guest, service } = await startDemo('bazaar');
    await using _ = host;
    assert.deepEqual(await seed(3), { listings: 6, orders: 3, reviews: 1 });
    const { items: accounts } = await identity.createDemoMembers({}, service);
    const contextOf = (role: 'buyer' | 'seller') =>
      host.context({
        marketplaceId: 'bazaar',
        roles: ['buyer', role],
        memberId: accounts.find((account) => account.role === role)?.memberId ?? '',
      });
    const bought = await orders.listOrders({ limit: 10 }, contextOf('buyer'));
    assert.equal(bought.items.length, 4, 'one of them at the door');
    const payments: Client<typeof paymentsContract> = host.client('payments');
    assert.equal((await payments.getWallet({}, contextOf('buyer'))).availableMinor, 5_000);
    const seller = contextOf('seller');
    const [store] = (await catalog.getMyStores({}, seller)).items;
    assert.ok(store);
    const sales = await orders.listSales({ storeId: store.id, limit: 10 }, seller);
    assert.deepEqual(sales.items.flatMap(({ states }) => states.map(({ state }) => state)).sort(), [
      'completed',
      'paid',
      'shipped',
    ]);
    const { items: stores } = await catalog.listStores({ limit: 10 }, guest);
    assert.equal(new Set(stores.map(({ ownerMemberId }) => ownerMemberId)).size, stores.length);
  });

  test('operators find a refund to send by hand, a store that owes, and searches that were judged', async () => {
    const { host, identity, seed, service } = await startDemo('gamarriando', ['casa-jacaranda', 'cumbre']);
    await using _ = host;
    // So many that what is searched for is among them.
    await seed(7);
    // What orders set off is done soon after, or else by their timers.
    await host.runTimers('gamarriando');
    const payments: Client<typeof paymentsContract> = host.client('payments');
    const search: Client<typeof searchContract> = host.client('search');
    const { items: accounts } = await identity.createDemoMembers({}, service);
    const admin = host.context({
      marketplaceId: 'gamarriando',
      roles: ['admin'],
      memberId: accounts.find(({ role }) => role === 'admin')?.memberId ?? '',
    });
    const { items: refunds } = await payments.listFailedRefunds({ limit: 10 }, admin);
    const { items: debts } = await payments.listDebts({ limit: 10 }, admin);
    assert.deepEqual([refunds.length, debts.length], [1, 1]);
    const judged = await search.listJudgedQueries({ limit: 10 }, admin);
    assert.deepEqual(judged.items.map(({ query }) => query).sort(), ['lámpara', 'silla']);
    await seed(7);
    assert.equal((await payments.listFailedRefunds({ limit: 10 }, admin)).items.length, 1);
    assert.deepEqual((await payments.checkLedger({}, service)).mismatches, []);
  });
});
