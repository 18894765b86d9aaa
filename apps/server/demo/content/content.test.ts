import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Attribute, attributesOf, findCategoryPath, kindsOf, loadMarketplaces } from '@plaza/kernel/marketplace';
import { parsePicture } from '../art/picture.ts';
import { kindOf, variantsOf } from '../listing-input.ts';
import { DEMO_STORES, type DemoListing } from './index.ts';
import { DEMO_REVIEWS } from './reviews/index.ts';

const marketplaces = loadMarketplaces(new URL('../../../../marketplaces/', import.meta.url));

/** Why `value` is not one that `attribute` allows; undefined when it is. */
function mistakeOf(attribute: Attribute | undefined, value: unknown): string | undefined {
  if (attribute === undefined) return 'is no attribute of the category';
  const values = attribute.options?.map((option) => option.value) ?? [];
  const isRight = {
    text: typeof value === 'string' && value.length > 0,
    number:
      typeof value === 'number' &&
      value >= (attribute.minimum ?? Number.NEGATIVE_INFINITY) &&
      value <= (attribute.maximum ?? Number.POSITIVE_INFINITY),
    boolean: typeof value === 'boolean',
    enum: values.includes(value as string),
    'multi-enum': Array.isArray(value) && value.length > 0 && value.every((one) => values.includes(one)),
  }[attribute.type];
  return isRight ? undefined : `${JSON.stringify(value)} is not a value of it (${attribute.type} ${values})`;
}

function mistakesOf(listing: DemoListing, marketplaceId: string): string[] {
  const { categories, listingKinds, conditions } = marketplaces.get(marketplaceId);
  const attributes = attributesOf(categories, listing.category);
  const given = listing.attributes ?? {};
  const mistakes = Object.entries(given).flatMap(([key, value]) => {
    const mistake = mistakeOf(
      attributes.find((attribute) => attribute.key === key),
      value,
    );
    return mistake === undefined ? [] : [`${key} ${mistake}`];
  });
  for (const { key, required } of attributes) if (required && !(key in given)) mistakes.push(`${key} is missing`);
  if (findCategoryPath(categories, listing.category) === undefined) mistakes.push(`no category ${listing.category}`);
  else if (!kindsOf(categories, listing.category, listingKinds).includes(kindOf(listing)))
    mistakes.push(`${listing.category} does not take ${kindOf(listing)} listings`);
  if (listing.condition !== undefined && !conditions.some(({ id }) => id === listing.condition))
    mistakes.push(`no condition ${listing.condition}`);
  return mistakes.map((mistake) => `${listing.handle}: ${mistake}`);
}

for (const [id, stores] of Object.entries(DEMO_STORES)) {
  describe(`the demo content of ${id}`, () => {
    const settings = marketplaces.get(id);
    const listings = stores.flatMap((store) => store.listings);

    test('is a street of five to eight stores, one of them the demo seller’s, with some forty listings', () => {
      assert.ok(stores.length >= 5 && stores.length <= 8);
      assert.equal(stores.filter(({ owner }) => owner === undefined).length, 1);
      assert.ok(listings.length >= 39 && listings.length <= 60, String(listings.length));
      assert.ok(stores.every(({ locale }) => settings.locales.includes(locale)));
    });

    test('fits the categories: attributes, kinds, conditions', () => {
      assert.deepEqual(
        listings.flatMap((listing) => mistakesOf(listing, id)),
        [],
      );
    });

    test('reaches most top categories', () => {
      const tops = new Set(listings.map(({ category }) => findCategoryPath(settings.categories, category)?.[0]?.id));
      assert.ok(tops.size >= 8, String(tops.size));
    });

    test('names each listing of a store once and gives it something to say', () => {
      for (const store of stores) {
        const handles = store.listings.map(({ handle }) => handle);
        assert.equal(new Set(handles).size, handles.length, store.slug);
      }
      for (const { text, picture } of listings) {
        assert.ok(text.length > 20, text);
        assert.match(parsePicture(picture)[1], /^#[0-9a-f]{6}$/);
        assert.match(parsePicture(picture)[2], /^#[0-9a-f]{6}$/);
      }
    });

    test('is reviewed by the people behind its stores, each once a listing, of what others sell and still have', () => {
      const reviews = Object.entries(DEMO_REVIEWS[id] ?? {}).flatMap(([slug, said]) =>
        said.map((each) => ({ ...each, slug })),
      );
      assert.ok(reviews.length >= 16 && reviews.length <= 30, String(reviews.length));
      for (const { of, slug } of reviews) {
        assert.ok(
          stores.some((store) => store.slug === slug && store.owner !== undefined),
          slug,
        );
        const selling = stores.filter((store) => store.listings.some(({ handle }) => handle === of));
        assert.deepEqual([selling.length, selling[0]?.slug === slug], [1, false], of);
        const ofIt = reviews.filter((each) => each.of === of);
        assert.equal(new Set(ofIt.map((each) => each.slug)).size, ofIt.length, of);
        const listing = listings.find(({ handle }) => handle === of);
        const isCounted = listing !== undefined && kindOf(listing) === 'physical';
        // The demo's buyer takes one, and one is left for visitors.
        assert.ok(!isCounted || (listing.stock ?? 1) >= ofIt.length + 2, of);
      }
      assert.ok(reviews.some(({ reply }) => reply !== undefined));
      assert.ok(new Set(reviews.map(({ stars }) => stars)).size >= 3);
    });

    test('shares the stock over the variants without losing a piece', () => {
      for (const listing of listings.filter((one) => kindOf(one) === 'physical')) {
        const variants = variantsOf(listing, settings);
        const total = variants.reduce((sum, { onHand }) => sum + (onHand ?? 0), 0);
        assert.equal(total, listing.stock ?? 1, listing.handle);
        assert.ok(variants.every(({ price }) => Number.isSafeInteger(price.amountMinor) && price.amountMinor > 0));
      }
    });
  });
}

test('a value of an option may cost more', () => {
  const bed = DEMO_STORES.gamarriando?.flatMap(({ listings }) => listings).find(({ handle }) => handle === 'cama-nube');
  assert.ok(bed);
  assert.deepEqual(
    variantsOf(bed, marketplaces.get('gamarriando')).map(({ options, price }) => [
      options[0]?.value,
      price.amountMinor,
    ]),
    [
      ['Individual', 149000],
      ['Matrimonial', 169000],
      ['King', 194000],
    ],
  );
});
