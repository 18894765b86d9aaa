import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidFromId } from '@plaza/kernel';
import { loadMarketplaces } from '@plaza/kernel/marketplace';
import { type CatalogHost, checkoutId, startCatalog, variantOf } from '../testing/host.ts';
import { type ListingRow, type RowOutcome, upsertListingBatch, type VariantRow } from './upsert-listing-batch.ts';

const settings = (await loadMarketplaces(new URL('../../../marketplaces/', import.meta.url))).get('bazaar');

const variantRow = (given: Partial<VariantRow> = {}): VariantRow => ({
  sku: null,
  options: [],
  priceMinor: 1500,
  compareAtPriceMinor: null,
  onHand: 4,
  weightGrams: null,
  imageUrl: null,
  licenseCode: null,
  externalId: null,
  ...given,
});
const row = (handle: string, given: Partial<ListingRow> = {}): ListingRow => ({
  handle,
  kind: 'physical',
  title: `The ${handle}`,
  description: '<p>Good</p>',
  categoryId: 'lighting',
  attributes: { material: ['wood', 'metal'] },
  condition: 'new',
  location: { region: 'Oregon', city: 'Portland' },
  tags: ['b', 'a'],
  images: [],
  taxClass: 'standard',
  isOfferAllowed: false,
  externalId: null,
  state: 'published',
  currency: 'USD',
  variants: [variantRow()],
  ...given,
});
const outcomes = (list: RowOutcome[]) => list.map(({ outcome }) => outcome);

function upsert({ host, store }: CatalogHost, rows: ListingRow[]): Promise<RowOutcome[]> {
  return host
    .database('catalog')
    .transaction('bazaar', (tx) =>
      upsertListingBatch(tx, { storeId: uuidFromId(store.id), settings, now: host.now() }, rows),
    );
}

test('a batch creates, a repeated one changes nothing, a changed one updates what changed', async () => {
  await using shop = await startCatalog();
  const { catalog, host, seller, store } = shop;
  const rows = [
    row('lamp', { variants: [variantRow({ sku: 'L1' })] }),
    row('desk'),
    row("o'hara's-sofa".replaceAll("'", '')),
  ];
  assert.deepEqual(outcomes(await upsert(shop, rows)), ['created', 'created', 'created']);
  assert.deepEqual(outcomes(await upsert(shop, rows)), ['unchanged', 'unchanged', 'unchanged']);
  const changed = [{ ...(rows[0] as ListingRow), title: "O'Hara's lamp" }, ...rows.slice(1)];
  assert.deepEqual(outcomes(await upsert(shop, changed)), ['updated', 'unchanged', 'unchanged']);
  const { items } = await catalog.listStoreListings({ storeId: store.id }, seller);
  assert.deepEqual(items.map(({ handle, version }) => [handle, version]).sort(), [
    ['desk', 1],
    ['lamp', 2],
    ['oharas-sofa', 1],
  ]);
  await host.deliver();
  assert.equal(
    (await catalog.listListings({ categoryId: 'home', attribute: ['material:wood'] }, host.guest())).items.length,
    3,
  );
});

test('a refused row names its fields and does not stop the others', async () => {
  await using shop = await startCatalog();
  const sku = variantRow({ sku: 'SAME' });
  const result = await upsert(shop, [
    row('good', { variants: [sku] }),
    row('bad', { categoryId: 'nowhere' }),
    row('twin', { variants: [sku] }),
    row('baht', { currency: 'THB' }),
  ]);
  assert.deepEqual(outcomes(result), ['created', 'refused', 'refused', 'refused']);
  const pointers = result.map((each) => (each.outcome === 'refused' ? each.errors.map(({ pointer }) => pointer) : []));
  assert.deepEqual(pointers, [[], ['/categoryId'], ['/variants/0/sku'], ['/currency']]);
});

test('an import never counts away what buyers hold, nor lifts a suspension', async () => {
  await using shop = await startCatalog();
  const { catalog, host, seller } = shop;
  const [created] = await upsert(shop, [row('lamp')]);
  assert.ok(created?.outcome === 'created');
  const listing = await catalog.getMyListing({ listingId: created.listingId }, seller);
  await catalog.reserveStock(
    { checkoutId: checkoutId(), lines: [{ variantId: variantOf(listing), quantity: 3 }] },
    host.service(),
  );
  await upsert(shop, [row('lamp', { variants: [variantRow({ onHand: 1 })] })]);
  const [variant] = (await catalog.getMyListing({ listingId: listing.id }, seller)).variants;
  assert.deepEqual([variant?.onHand, variant?.reserved], [3, 3]);
  await catalog.suspendListing(
    { listingId: listing.id, reason: 'Counterfeit.' },
    host.context({ roles: ['moderator'] }),
  );
  await upsert(shop, [row('lamp', { title: 'Honest lamp' })]);
  assert.equal((await catalog.getMyListing({ listingId: listing.id }, seller)).state, 'suspended');
});

test('the number of statements does not grow with the batch', async () => {
  await using shop = await startCatalog();
  const rows = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => row(`${prefix}-${i}`));
  const few = await shop.host.countStatements(() => upsert(shop, rows(2, 'few')));
  const many = await shop.host.countStatements(() => upsert(shop, rows(300, 'many')));
  assert.equal(many, few);
});
