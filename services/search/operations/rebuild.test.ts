import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { catalogService } from '@plaza/catalog';
import type { catalogContract } from '@plaza/catalog/contract';
import { asService, type Client } from '@plaza/kernel';
import { loadMarketplaces, type MarketplaceSettings } from '@plaza/kernel/marketplace';
import { mediaService } from '@plaza/media';
import { defineService } from '@plaza/runtime';
import { startTestHost, type TestHost } from '@plaza/runtime/testing';
import type { IndexedHit } from '../contract.ts';
import { engineDocument } from '../domain/document.ts';
import { createEmbeddedEngine } from '../engine/embedded/engine.ts';
import { type SearchEngine, UNFILTERED } from '../engine/engine.ts';
import { createClient } from '../engine/opensearch/client.ts';
import { createOpenSearchEngine } from '../engine/opensearch/engine.ts';
import { searchContract } from '../index.ts';
import { searchReactions } from '../reactions.ts';
import { createRebuilding } from './rebuild.ts';

type Catalog = Client<typeof catalogContract>;
type Adapter = { readonly name: string; create(folder: string): SearchEngine; clean(folder: string): Promise<void> };

const address = process.env.OPENSEARCH_URL;
const ADAPTERS: readonly Adapter[] = [
  { name: 'embedded', create: (folder) => createEmbeddedEngine(folder), clean: async () => {} },
  {
    name: 'embedded, in two threads',
    create: (folder) => createEmbeddedEngine(folder, { threads: 2 }),
    clean: async () => {},
  },
  ...(address === undefined ? [] : [openSearch(address)]),
];

function openSearch(at: string): Adapter {
  const prefixOf = (folder: string) => path.basename(folder).toLowerCase();
  return {
    name: 'OpenSearch',
    create: (folder) => createOpenSearchEngine({ address: at, prefix: prefixOf(folder), timeoutMs: 30_000 }),
    async clean(folder) {
      const client = createClient(at, { timeoutMs: 30_000 });
      const names = `/_cat/indices/${prefixOf(folder)}-*?format=json&h=index`;
      for (const { index } of await client.call<{ index: string }[]>({ method: 'GET', path: names }))
        await client.call({ method: 'DELETE', path: `/${index}` });
    },
  };
}

/** So few listings a page that a rebuild takes many, with writes before and after each. */
const PAGE_DOCUMENTS = 3;
const LISTINGS = 12;
const REBUILDS = 3;

/** A search service on this engine; `interrupt` runs before and after a rebuild reads a page. */
function searchOn(engine: SearchEngine, interrupt: () => Promise<void>) {
  return defineService({
    name: 'search',
    floor: 4,
    contract: { rebuildSearchIndex: searchContract.rebuildSearchIndex },
    migrations: new URL('../migrations/', import.meta.url),
    create(platform, { catalog }: { catalog: Catalog }) {
      const rebuilding = createRebuilding({
        ...platform,
        engine,
        pageDocuments: PAGE_DOCUMENTS,
        catalog: {
          async exportSearchDocuments(input, context) {
            await interrupt();
            const page = await catalog.exportSearchDocuments(input, context);
            await interrupt();
            return page;
          },
        },
      });
      return {
        handlers: { rebuildSearchIndex: ({ context }) => rebuilding.rebuild(context) },
        reactions: searchReactions({ ...platform, engine }),
        stop: () => engine.close(),
      };
    },
  });
}

/** Numbers without a pattern, the same in each run. */
function drawing(): (below: number) => number {
  let state = 7;
  return (below) => {
    state = Math.imul(state, 48_271) >>> 0;
    return (state >>> 8) % below;
  };
}

/** A seller who goes on working: each `write` is one change, of which search hears at once or later. */
async function seller(host: TestHost, engine: SearchEngine) {
  const catalog = host.client<typeof catalogContract>('catalog');
  const context = host.context({ roles: ['seller'] });
  const store = await catalog.createStore({ name: 'Old Light' }, context);
  const draw = drawing();
  const onSale: { listingId: string; variantId: string }[] = [];
  /** Words that only the title of a listing that was deleted has. */
  const deleted: string[] = [];
  const words = new Map<string, string>();
  let count = 0;

  async function publish(): Promise<void> {
    const word = `rarity${++count}`;
    const draft = await catalog.createListing(
      {
        storeId: store.id,
        title: `Lamp ${word}`,
        categoryId: 'phones',
        condition: 'good',
        attributes: { color: 'black', brand: 'Acme' },
        variants: [{ price: { amountMinor: 100 + count, currency: 'USD' }, onHand: 3 }],
      },
      context,
    );
    await catalog.publishListing({ listingId: draft.id }, context);
    words.set(draft.id, word);
    onSale.push({ listingId: draft.id, variantId: draft.variants[0]?.id as string });
  }

  async function showsNoneDeleted(): Promise<void> {
    for (const text of deleted) {
      const quoted = `"${text}"`;
      const found = await engine.search('bazaar', { ...UNFILTERED, text: quoted, sort: 'relevance', limit: 5 });
      const titles = found.cards.map((card) => (JSON.parse(card) as IndexedHit).title);
      assert.ok(!titles.some((title) => title.endsWith(` ${text}`)), `${text} was deleted and is shown`);
    }
  }

  return {
    publish,
    showsNoneDeleted,
    async write(): Promise<void> {
      const place = draw(onSale.length);
      const { listingId, variantId } = onSale[place] as { listingId: string; variantId: string };
      const change = draw(5);
      if (change === 0) await publish();
      else if (change === 1) await catalog.updateListing({ listingId, description: `Dimmed ${draw(1_000)}` }, context);
      else if (change === 2) await catalog.setStock({ variantId, onHand: draw(3) }, context);
      else if (change === 3) {
        await catalog.pauseListing({ listingId }, context);
        if (draw(2) === 0) await host.deliver();
        await catalog.publishListing({ listingId }, context);
      } else {
        await catalog.deleteListing({ listingId }, context);
        onSale.splice(place, 1);
        await host.deliver();
        deleted.push(words.get(listingId) as string);
      }
      if (draw(2) === 0) await host.deliver();
      await showsNoneDeleted();
    },
  };
}

/** What is on sale, as the index should have it. */
async function expected(
  host: TestHost,
  settings: MarketplaceSettings,
): Promise<{ id: string; card: unknown; version: number; stockVersion: number }[]> {
  const catalog = host.client<typeof catalogContract>('catalog');
  const { items } = await catalog.exportSearchDocuments({ limit: 500 }, asService('search', host.service()));
  return items
    .map((item) => engineDocument(settings, item))
    .map(({ id, card, version, stockVersion }) => ({ id, card: JSON.parse(card), version, stockVersion }));
}

for (const adapter of ADAPTERS)
  test(`a rebuild under writes loses nothing and shows nothing deleted, row by row, ${adapter.name}`, async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-rebuild-'));
    const engine = adapter.create(folder);
    const settings = loadMarketplaces(new URL('../../../marketplaces/', import.meta.url)).get('bazaar');
    let write = async (): Promise<void> => {};
    const clients = { identity: { grantRole: async () => ({}) }, payments: { openStoreAccount: async () => ({}) } };
    try {
      await using host = await startTestHost([mediaService, catalogService, searchOn(engine, () => write())], {
        clients,
      });
      const working = await seller(host, engine);
      for (let i = 0; i < LISTINGS; i++) await working.publish();
      const search = host.client<Pick<typeof searchContract, 'rebuildSearchIndex'>>('search');
      for (let i = 0; i < REBUILDS; i++) {
        write = working.write;
        await search.rebuildSearchIndex({}, host.service());
        write = async () => {};
        await host.deliver();
        const wanted = await expected(host, settings);
        const held = await engine.held('bazaar', { afterId: '', throughId: null, limit: 500 });
        assert.deepEqual(
          held.map(({ id, version, stockVersion }) => ({ id, version, stockVersion })),
          wanted.map(({ id, version, stockVersion }) => ({ id, version, stockVersion })),
        );
        const { cards } = await engine.search('bazaar', { ...UNFILTERED, text: '', sort: 'newest', limit: 500 });
        const byId = new Map(cards.map((card) => [(JSON.parse(card) as IndexedHit).id as string, JSON.parse(card)]));
        for (const { id, card } of wanted) assert.deepEqual(byId.get(id), card);
        assert.equal(byId.size, wanted.length);
        await working.showsNoneDeleted();
      }
    } finally {
      await adapter.clean(folder);
      await rm(folder, { recursive: true });
    }
  });
