import { type EngineDocument, type EngineQuery, UNFILTERED } from '../services/search/engine/engine.ts';
import { catalogRow, commonQuery, STOCK, tellingQuery } from './catalog.ts';

const STORE = 'sto_01m7z5we15ewpa1m2q6xtwtqmx';
/** When the first listing was published, and how many were within each second. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
const PUBLISHED_AT_ONCE = 5_000;

/**
 * What listings are filtered and counted by besides category and condition. Independent of each other, so that hardly two of
 * 100,000 listings have all the same: the hard case for what counts by sets of facts.
 */
const ATTRIBUTES = [
  { key: 'brand', values: 40 },
  { key: 'color', values: 12 },
  { key: 'material', values: 11 },
] as const;

/** The parts of a query for the first 20 hits. */
export const COMMON = { ...UNFILTERED, limit: 20 };
const AROUND = { point: { latitude: 10, longitude: 100 }, withinKm: 100 };
const lighting = { key: 'category', values: ['lighting'], ranges: [] };
/** What is asked of an index of so many listings: queries of a kind, unlike each other where there are several. */
export type QueryKind = { readonly name: string; queryAt(sequence: number): EngineQuery };

export const queriesOf = (listings: number): readonly QueryKind[] => [
  {
    name: 'two words, some 40 have both',
    queryAt: (sequence) => ({ ...COMMON, text: tellingQuery(sequence, listings), sort: 'relevance' }),
  },
  {
    name: 'two words of 1 in 10 and 1 in 13',
    queryAt: (sequence) => ({ ...COMMON, text: commonQuery(sequence), sort: 'relevance' }),
  },
  {
    name: 'a misspelt word and one of 1 in 13',
    queryAt: (sequence) => ({ ...COMMON, text: misspelt(tellingQuery(sequence, listings)), sort: 'relevance' }),
  },
  { name: 'one word of 1 in 10', queryAt: () => ({ ...COMMON, text: 'brass', sort: 'relevance' }) },
  { name: 'two words that all have', queryAt: () => ({ ...COMMON, text: 'found attic', sort: 'relevance' }) },
  { name: 'no words, newest', queryAt: () => ({ ...COMMON, text: '', sort: 'newest' }) },
  { name: 'no words, cheapest', queryAt: () => ({ ...COMMON, text: '', sort: 'price_asc' }) },
  {
    name: 'no words, one category, dearest',
    queryAt: () => ({ ...COMMON, text: '', sort: 'price_desc', filters: [lighting] }),
  },
  {
    name: 'no words, prices from and to',
    queryAt: () => ({ ...COMMON, text: '', sort: 'newest', priceMinimum: 1_000, priceMaximum: 3_000 }),
  },
  { name: 'no words, within 100 km', queryAt: () => ({ ...COMMON, text: '', sort: 'newest', around: AROUND }) },
  {
    name: 'one word of 1 in 10, nearest',
    queryAt: () => ({ ...COMMON, text: 'brass', sort: 'distance', around: AROUND }),
  },
];

/** One of the made listings, as the catalog would tell it. */
export function documentAt(index: number): EngineDocument {
  const { title, description, category, condition, priceMinor, imageUrl, handle } = catalogRow(index);
  const id = `lst_${index.toString().padStart(26, '0')}`;
  const publishedMs = EPOCH_MS + Math.floor(index / PUBLISHED_AT_ONCE) * 1_000;
  const price = { amountMinor: priceMinor, currency: 'USD' };
  return {
    id,
    version: 1,
    stockVersion: 1,
    isListed: true,
    card: JSON.stringify({
      id,
      slug: handle,
      title,
      kind: 'physical',
      categoryId: category,
      condition,
      price,
      priceMax: price,
      compareAtPrice: null,
      imageUrl,
      imageAlt: null,
      freeQuantity: STOCK,
      variantCount: 1,
      location: null,
      storeId: STORE,
      storeName: 'Old Light 2',
      storeSlug: 'old-light-2',
      publishedTime: new Date(publishedMs).toISOString(),
      externalId: null,
      isInStock: true,
    }),
    texts: {
      title,
      body: description,
      tags: [],
      skus: [],
      categoryNames: ['Home', 'บ้านและของแต่งบ้าน', '家具・インテリア', category],
      attributes: [],
    },
    storeId: STORE,
    storeName: 'Old Light 2',
    storeSlug: 'old-light-2',
    tokens: [
      `@store:${STORE}`,
      '@kind:physical',
      'category:home',
      `category:${category}`,
      `condition:${condition}`,
      ...ATTRIBUTES.map(({ key, values }, place) => `${key}:${drawn(index, place, values)}`),
    ],
    priceMinor,
    publishedMs,
    // A thousand towns.
    point: { latitude: 5 + (index % 40) / 4, longitude: 97 + (Math.floor(index / 40) % 25) / 4 },
    freeQuantity: STOCK,
    isInStock: true,
  };
}

/** A number below `values`: the same for a listing each time, and unlike its neighbors' and its other attributes'. */
function drawn(index: number, place: number, values: number): number {
  const hash = Math.imul(index + 1, 0x9e37_79b1 + 2 * Math.imul(place + 1, 0x85eb_ca6b));
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % values;
}

/** Two letters of the first word swapped. */
function misspelt(text: string): string {
  return text.replace(/^(..)(.)(.)/, '$1$3$2');
}
