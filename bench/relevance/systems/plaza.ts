import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEmbeddedEngine } from '../../../services/search/engine/embedded/engine.ts';
import {
  type EngineDocument,
  type EngineQuery,
  type SearchEngine,
  UNFILTERED,
} from '../../../services/search/engine/engine.ts';
import { createClient } from '../../../services/search/engine/opensearch/client.ts';
import { createOpenSearchEngine } from '../../../services/search/engine/opensearch/engine.ts';
import { aliasOf, indexNameOf } from '../../../services/search/engine/opensearch/index-definition.ts';
import type { JudgedListing, JudgedQuery } from '../judged-set.ts';
import { DEPTH, type System } from './system.ts';
import type { Vectors } from './vectors.ts';

const MARKETPLACE = 'judged';
const QUERY: Omit<EngineQuery, 'text'> = { ...UNFILTERED, sort: 'relevance', limit: DEPTH };

/** A system that says why: what it knows of each hit that it ordered anew. */
type Explaining = System & {
  explain(text: string): Promise<{ readonly listingId: string; readonly features: readonly number[] }[]>;
};

/** The engine that Plaza runs, asked as its own search asks it. */
export async function openPlaza(
  listings: readonly JudgedListing[],
  model: string | undefined,
  vectors?: Vectors,
): Promise<Explaining> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-relevance-'));
  const engine = createEmbeddedEngine(folder, model === undefined ? {} : { model });
  return openOn(engine, {
    name: vectors === undefined ? 'Plaza, embedded engine' : `Plaza, embedded engine, ${vectors.name}`,
    listings,
    vectors,
    async close() {
      await engine.close();
      await rm(folder, { recursive: true });
    },
  });
}

/** The same in an index of its own in the OpenSearch cluster at an address. */
export async function openPlazaOn(
  address: string,
  listings: readonly JudgedListing[],
  model: string | undefined,
  vectors?: Vectors,
): Promise<System> {
  const prefix = `bench-${process.pid}`;
  const timeoutMs = 60_000;
  const engine = createOpenSearchEngine({ address, prefix, timeoutMs, ...(model === undefined ? {} : { model }) });
  return openOn(engine, {
    name: vectors === undefined ? 'Plaza, OpenSearch' : `Plaza, OpenSearch, ${vectors.name}`,
    listings,
    vectors,
    async close() {
      const path = `/${indexNameOf(aliasOf(prefix, MARKETPLACE))}`;
      await createClient(address, { timeoutMs }).call({ method: 'DELETE', path });
    },
  });
}

async function openOn(
  engine: SearchEngine,
  {
    name,
    listings,
    vectors,
    close,
  }: Pick<System, 'name' | 'close'> & {
    readonly listings: readonly JudgedListing[];
    readonly vectors: Vectors | undefined;
  },
): Promise<Explaining> {
  const placeOf = new Map(listings.map(({ id }, place) => [id, place.toString(36)]));
  const nearTo = (text: string) =>
    vectors === undefined
      ? {}
      : { near: vectors.near(text).map((each) => ({ ...each, id: placeOf.get(each.id) as string })) };
  await engine.apply(
    MARKETPLACE,
    listings.map((listing, place) => ({ kind: 'document', document: documentOf(listing, place) })),
  );
  return {
    name,
    async answer(queries: readonly JudgedQuery[]) {
      const answers: string[][] = [];
      for (const { text } of queries) {
        const { cards } = await engine.search(MARKETPLACE, { ...QUERY, text, ...nearTo(text) });
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
    close,
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
    point: null,
    freeQuantity: 1,
    isInStock: true,
  };
}
