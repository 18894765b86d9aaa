import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidFromId } from '@plaza/kernel';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import { mediaService } from '@plaza/media';
import { paymentsService } from '@plaza/payments';
import type { paymentsContract } from '@plaza/payments/contract';
import { startTestHost } from '@plaza/runtime/testing';
import { subscriptionsService } from '@plaza/subscriptions';
import type { subscriptionsContract } from '@plaza/subscriptions/contract';
import type { catalogContract } from './contract.ts';
import { catalogService } from './index.ts';
import { type ListingRow, upsertListingBatch } from './operations/upsert-listing-batch.ts';

const LIMIT = 3;

/** JaiKod with a free plan of three listings. */
function small(shipped: Marketplaces): Marketplaces {
  const get = (id: string) => {
    const settings = shipped.get(id);
    const plans = settings.plans.plans.map((plan, i) => ({
      ...plan,
      entitlements: { ...plan.entitlements, ...(i === 0 ? { 'listings.active.max': LIMIT } : {}) },
    }));
    return { ...settings, plans: { ...settings.plans, plans } };
  };
  return { ...shipped, get, list: () => shipped.list().map(({ id }) => get(id)) };
}

async function start() {
  let marketplaces: Marketplaces | undefined;
  const host = await startTestHost([mediaService, paymentsService, subscriptionsService, catalogService], {
    clients: { identity: { grantRole: async () => ({}) } },
    marketplaces: (shipped) => {
      marketplaces = small(shipped);
      return marketplaces;
    },
  });
  const catalog = host.client<typeof catalogContract>('catalog');
  const seller = host.context({ marketplaceId: 'jaikod', roles: ['buyer', 'seller'] });
  const store = await catalog.createStore({ name: 'Old Light' }, seller);
  await host.deliver();
  const offer = async (title: string) => {
    const price = { amountMinor: 4_500, currency: 'THB' as const };
    const draft = await catalog.createListing(
      { storeId: store.id, title, categoryId: 'home', condition: 'good', variants: [{ price, onHand: 1 }] },
      seller,
    );
    return draft.id;
  };
  const publish = async (title: string) => catalog.publishListing({ listingId: await offer(title) }, seller);
  const settings = (marketplaces as unknown as Marketplaces).get('jaikod');
  return { host, settings, catalog, seller, store, offer, publish, [Symbol.asyncDispose]: () => host.close() };
}

const row = (handle: string): ListingRow => ({
  handle,
  kind: 'physical',
  title: handle,
  description: '',
  categoryId: 'home',
  attributes: {},
  condition: 'good',
  location: null,
  tags: [],
  images: [],
  taxClass: 'standard',
  isOfferAllowed: true,
  externalId: null,
  state: 'published',
  currency: 'THB',
  variants: [
    {
      sku: null,
      options: [],
      priceMinor: 4_500,
      compareAtPriceMinor: null,
      onHand: 1,
      weightGrams: null,
      imageUrl: null,
      licenseCode: null,
      externalId: null,
    },
  ],
});

test('a plan limits what is on sale at once, by one request after another or many together', async () => {
  await using shop = await start();
  const { catalog, seller, offer, publish } = shop;
  const first = await publish('Lamp 0');
  const drafts = await Promise.all(['Lamp 1', 'Lamp 2', 'Lamp 3', 'Lamp 4'].map(offer));
  const outcomes = await Promise.allSettled(drafts.map((listingId) => catalog.publishListing({ listingId }, seller)));
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  assert.deepEqual(
    refused.map(({ code, data }) => [code, data.planId, data.limit]),
    [1, 2].map(() => ['LISTING_LIMIT_REACHED', 'free', LIMIT]),
  );
  await catalog.pauseListing({ listingId: first.id }, seller);
  await publish('Lamp 5');
  await assert.rejects(publish('Lamp 6'), (error: { message: string }) => /3 listings/.test(error.message));
});

test('an import fills what the plan has room for and refuses the rest, at no statement a row', async () => {
  await using shop = await start();
  const { host, settings, store } = shop;
  const write = (rows: readonly ListingRow[]) =>
    host
      .database('catalog')
      .transaction('jaikod', (tx) =>
        upsertListingBatch(tx, { storeId: uuidFromId(store.id), settings, now: host.now() }, rows),
      );
  const outcomes = await write(['a', 'b', 'c', 'd', 'e'].map(row));
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['created', 'created', 'created', 'refused', 'refused'],
  );
  const last = outcomes.at(-1);
  assert.ok(last?.outcome === 'refused' && last.errors[0]?.code === 'plan_limit');
  // What is on sale already may be written again, and a repeat changes nothing.
  assert.deepEqual(
    (await write(['a', 'b', 'c', 'd'].map(row))).map(({ outcome }) => outcome),
    ['unchanged', 'unchanged', 'unchanged', 'refused'],
  );
  const many = (from: number, count: number) => Array.from({ length: count }, (_, i) => row(`row-${from + i}`));
  const few = await host.countStatements(() => write(many(0, 10)));
  const hundred = await host.countStatements(() => write(many(100, 100)));
  assert.equal(hundred, few);
});

test('a larger plan makes room at once, and what its stores have on sale is reported once an hour', async () => {
  await using shop = await start();
  const { host, seller, store, publish } = shop;
  for (const title of ['Lamp 0', 'Lamp 1', 'Lamp 2']) await publish(title);
  const subscriptions = host.client<typeof subscriptionsContract>('subscriptions');
  const payments = host.client<typeof paymentsContract>('payments');
  await payments.saveMethod({ token: 'pm_card_visa' }, seller);
  await subscriptions.createSubscription({ ownerId: store.id, planId: 'shop', interval: 'month' }, seller);
  await host.deliver();
  await publish('Lamp 3');
  await host.runTimers();
  await host.runTimers();
  const { usage, plan } = await subscriptions.getOwnedPlan({ ownerId: store.id }, seller);
  assert.deepEqual([plan?.id, usage.map(({ quantity }) => quantity)], ['shop', [4]]);
});
