import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEmbeddedEngine } from '../../../services/search/engine/embedded/engine.ts';
import type { EngineDocument, EngineQuery } from '../../../services/search/engine/engine.ts';
import type { JudgedListing, JudgedQuery } from '../judged-set.ts';
import { DEPTH, type System } from './system.ts';

const MARKETPLACE = 'judged';
const QUERY: Omit<EngineQuery, 'text'> = {
  filters: [],
  priceMinimum: null,
  priceMaximum: null,
  isInStock: null,
  sort: 'relevance',
  limit: DEPTH,
  after: null,
};

/** A system that says why: what it knows of each hit that it ordered anew. */
type Explaining = System & {
  explain(text: string): Promise<{ readonly listingId: string; readonly features: readonly number[] }[]>;
};

/** The engine that Plaza runs, asked as its own search asks it. */
export async function openPlaza(listings: readonly JudgedListing[], model: string | undefined): Promise<Explaining> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-relevance-'));
  const engine = createEmbeddedEngine(folder, model === undefined ? {} : { model });
  await engine.apply(
    MARKETPLACE,
    listings.map((listing, place) => ({ kind: 'document', document: documentOf(listing, place) })),
  );
  return {
    name: 'Plaza, embedded engine',
    async answer(queries: readonly JudgedQuery[]) {
      const answers: string[][] = [];
      for (const { text } of queries) {
        const { cards } = await engine.search(MARKETPLACE, { ...QUERY, text });
        answers.push(cards.map((card) => (JSON.parse(card) as { id: string }).id));
      }
      return answers;
    },
    async explain(text) {
      const { cards, features } = await engine.search(MARKETPLACE, { ...QUERY, text, limit: 100, isExplained: true });
      return cards.flatMap((card, i) => {
        const own = features?.[i];
        return own == null ? [] : { listingId: (JSON.parse(card) as { id: string }).id, features: own };
      });
    },
    async close() {
      await engine.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Their order says nothing: all are of one time. */
function documentOf(listing: JudgedListing, place: number): EngineDocument {
  const { id, title, description, category, brand, sku, attributes } = listing;
  return {
    id: place.toString(36),
    version: 1,
    stockVersion: 1,
    isListed: true,
    card: JSON.stringify({ id, storeName: '', storeSlug: '', freeQuantity: 1, isInStock: true }),
    texts: {
      title,
      body: description.slice(0, 5_000),
      tags: [],
      skus: sku === '' ? [] : [sku],
      categoryNames: category === '' ? [] : [category],
      attributes: [brand, ...attributes].filter((text) => text !== ''),
    },
    storeId: 'sto_1',
    storeName: '',
    storeSlug: '',
    tokens: category === '' ? [] : [`category:${category.replaceAll('\n', ' ')}`],
    priceMinor: 1_000,
    publishedMs: 0,
    freeQuantity: 1,
    isInStock: true,
  };
}
