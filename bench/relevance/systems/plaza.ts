import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEmbeddedEngine } from '../../../services/search/engine/embedded/engine.ts';
import type { EngineDocument } from '../../../services/search/engine/engine.ts';
import type { JudgedListing, JudgedQuery } from '../judged-set.ts';
import { DEPTH, type System } from './system.ts';

const MARKETPLACE = 'judged';

/** The engine that Plaza runs, asked as its own search asks it. */
export async function openPlaza(listings: readonly JudgedListing[]): Promise<System> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-relevance-'));
  const engine = createEmbeddedEngine(folder);
  await engine.apply(
    MARKETPLACE,
    listings.map((listing, place) => ({ kind: 'document', document: documentOf(listing, place) })),
  );
  return {
    name: 'Plaza, embedded engine',
    async answer(queries: readonly JudgedQuery[]) {
      const answers: string[][] = [];
      for (const { text } of queries) {
        const { cards } = await engine.search(MARKETPLACE, {
          text,
          filters: [],
          priceMinimum: null,
          priceMaximum: null,
          isInStock: null,
          sort: 'relevance',
          limit: DEPTH,
          after: null,
        });
        answers.push(cards.map((card) => (JSON.parse(card) as { id: string }).id));
      }
      return answers;
    },
    async close() {
      await engine.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Their order says nothing: all are of one time. */
export function documentOf(listing: JudgedListing, place: number): EngineDocument {
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
