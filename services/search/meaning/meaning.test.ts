import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { newId, serviceContext } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import { InputRefused } from '@plaza/runtime/models';
import { startTestHost, type TestHost } from '@plaza/runtime/testing';
import { createEmbeddedEngine } from '../engine/embedded/engine.ts';
import { type EngineDocument, type EngineQuery, type SearchEngine, UNFILTERED } from '../engine/engine.ts';
import { searchService } from '../index.ts';
import { searchByMeaning } from '../operations/search-by-meaning.ts';
import type { Embeddings } from './embeddings.ts';
import { hashingEmbeddings } from './hashing.ts';
import { createMeaning, type Meaning } from './meaning.ts';

/** A model that knows what three things are, by any name, and takes no poison. */
const THINGS = [/sofa|couch/, /lamp|light/, /cup|mug/];

class KnowingModel implements Embeddings {
  readonly name: string;
  readonly version = '1';
  readonly dimensions = THINGS.length;
  readonly isOfMeaning = true;
  embedded = 0;
  isAway = false;

  constructor(name = 'knowing') {
    this.name = name;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.isAway) throw new Error('The model is away.');
    if (texts.some((text) => text.includes('poison'))) throw new InputRefused('No.');
    this.embedded += texts.length;
    return texts.map((text) => Float32Array.from(THINGS, (thing) => (thing.test(text.toLowerCase()) ? 1 : 0)));
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}

/** A process: its engine, whose index is its own, and what it knows of meaning. */
type Room = AsyncDisposable & { readonly engine: SearchEngine; readonly meaning: Meaning };

const QUERY: EngineQuery = { ...UNFILTERED, text: '', sort: 'relevance', limit: 20 };

describe('meaning', () => {
  let host: TestHost;
  let database: Database;
  let marketplaceId: string;
  let nowMs = Date.now();
  let opened = 0;
  const ids = new Map<string, string>();

  before(async () => {
    host = await startTestHost([searchService], { clients: { catalog: {} } });
    database = host.database('search');
  });
  after(() => host.close());
  beforeEach(() => {
    marketplaceId = `shop-${++opened}`;
    ids.clear();
  });

  function start(embeddings: Embeddings): Room {
    const log = { warn() {} } as never;
    const meaning = createMeaning({ database, log, embeddings, clock: () => new Date(nowMs), patienceMs: 10_000 });
    const engine = meaning.following(createEmbeddedEngine(`${host.folder}/meaning-${++opened}`));
    const close = async () => {
      await engine.close();
      await meaning.close();
    };
    return { engine, meaning, [Symbol.asyncDispose]: close };
  }

  function documentOf(title: string, rest: Partial<EngineDocument> = {}): EngineDocument {
    const id = ids.get(title) ?? newId('listing');
    ids.set(title, id);
    return {
      id,
      version: 1,
      stockVersion: 1,
      isListed: true,
      card: JSON.stringify({ title, storeName: '', storeSlug: '', freeQuantity: 1, isInStock: true }),
      texts: { title, body: '', tags: [], skus: [], categoryNames: [], attributes: [] },
      storeId: 'sto_1',
      storeName: '',
      storeSlug: '',
      tokens: [],
      priceMinor: 100,
      publishedMs: 0,
      point: null,
      freeQuantity: 1,
      isInStock: true,
      ...rest,
    };
  }

  const put = ({ engine }: Room, documents: readonly EngineDocument[]) =>
    engine.apply(
      marketplaceId,
      documents.map((document) => ({ kind: 'document', document })),
    );
  const fill = ({ meaning }: Room) => meaning.fill(serviceContext('search', marketplaceId, 'tmr_1'));

  /** What is found, a little later. */
  async function found(room: Room, text: string, rest: Partial<EngineQuery> = {}, of = marketplaceId) {
    nowMs += 60_000;
    const { result, closeBy } = await searchByMeaning(room, of, { ...QUERY, text, ...rest });
    const titles = result.cards.map((card) => (JSON.parse(card) as { title: string }).title);
    return { titles, closeBy, total: result.total };
  }

  const titleOf = (id: string) => [...ids].find(([, each]) => each === id)?.[0];

  /** What is near a listing, a little later. */
  async function near({ meaning }: Room, title: string) {
    nowMs += 60_000;
    return (await meaning.nearListing(marketplaceId, ids.get(title) as string, 5))
      .filter(({ similarity }) => similarity > 0.5)
      .map(({ id }) => titleOf(id));
  }

  test('a listing is found by its words at once, and by what it means after its vector is made', async () => {
    await using room = start(new KnowingModel());
    await put(room, [documentOf('Blue sofa'), documentOf('Green lamp')]);
    assert.deepEqual(await found(room, 'sofa'), { titles: ['Blue sofa'], closeBy: null, total: 1 });
    assert.deepEqual(await found(room, 'couch'), { titles: [], closeBy: null, total: 0 });
    await fill(room);
    const { titles, closeBy } = await found(room, 'couch');
    assert.deepEqual([titles[0], closeBy], ['Blue sofa', 'meaning']);
    // Words lead.
    await put(room, [documentOf('Couch potato chips')]);
    await fill(room);
    assert.deepEqual((await found(room, 'couch')).titles.slice(0, 2), ['Couch potato chips', 'Blue sofa']);
    assert.deepEqual(await found(room, 'green'), { titles: ['Green lamp'], closeBy: null, total: 1 });
    assert.deepEqual((await found(room, 'couch', { priceMinimum: 500 })).titles, []);
    assert.deepEqual((await found(room, 'couch', {}, 'another-shop')).titles, []);
  });

  test('vectors outlive the process, follow changed texts alone, and leave with their listings', async () => {
    const model = new KnowingModel();
    await using room = start(model);
    await put(room, [documentOf('Blue sofa'), documentOf('Old couch'), documentOf('Mug')]);
    await fill(room);
    assert.equal(model.embedded, 3);
    await put(room, [documentOf('Blue sofa', { version: 2, priceMinor: 50 })]);
    await fill(room);
    assert.equal(model.embedded, 3);
    const again = new KnowingModel();
    await using restarted = start(again);
    await fill(restarted);
    assert.deepEqual(await near(restarted, 'Blue sofa'), ['Old couch']);
    assert.equal(again.embedded, 0);
    const texts = { title: 'Old mug', body: '', tags: [], skus: [], categoryNames: [], attributes: [] };
    await put(room, [documentOf('Old couch', { version: 2, texts }), documentOf('Old couch', { version: 1 })]);
    await fill(room);
    assert.deepEqual([model.embedded, await near(restarted, 'Blue sofa')], [4, []]);
    assert.deepEqual(await near(restarted, 'Mug'), ['Old couch']);
    await put(room, [documentOf('Old couch', { version: 3, isListed: false })]);
    await fill(room);
    assert.deepEqual(await near(restarted, 'Mug'), []);
  });

  test('another model makes all vectors anew while the old ones serve', async () => {
    await using room = start(new KnowingModel());
    await put(room, [documentOf('Blue sofa'), documentOf('Old couch')]);
    await fill(room);
    const model = new KnowingModel('knowing better');
    model.isAway = true;
    await using changed = start(model);
    await assert.rejects(fill(changed), /away/);
    assert.deepEqual(await near(changed, 'Blue sofa'), ['Old couch']);
    model.isAway = false;
    await fill(changed);
    assert.equal(model.embedded, 2);
    assert.deepEqual(await near(changed, 'Blue sofa'), ['Old couch']);
    await fill(changed);
    assert.equal(model.embedded, 2);
  });

  test('while the model is away words find what they find', async () => {
    const model = new KnowingModel();
    await using room = start(model);
    await put(room, [documentOf('Blue sofa')]);
    model.isAway = true;
    assert.deepEqual((await found(room, 'sofa')).titles, ['Blue sofa']);
    await assert.rejects(fill(room), /away/);
    model.isAway = false;
    nowMs += 60_000;
    await fill(room);
    assert.deepEqual((await found(room, 'couch')).titles, ['Blue sofa']);
  });

  test('a text that the model refuses keeps no other from being taken', async () => {
    await using room = start(new KnowingModel());
    await put(room, [documentOf('Rat poison'), documentOf('Blue sofa'), documentOf('Old couch')]);
    await fill(room);
    assert.deepEqual(await near(room, 'Blue sofa'), ['Old couch']);
    assert.deepEqual(await near(room, 'Rat poison'), []);
  });

  test('without a model, what is spelled alike is shown to whom words find nothing, and called so', async () => {
    await using room = start(hashingEmbeddings());
    await put(room, [documentOf('Photography tripod'), documentOf('Garden hose'), documentOf('Photo album')]);
    await fill(room);
    assert.deepEqual(await found(room, 'photographischer'), {
      titles: ['Photography tripod'],
      closeBy: 'letters',
      total: 1,
    });
    assert.deepEqual((await found(room, '"photographischer apparat"')).titles, ['Photography tripod']);
    assert.deepEqual(await found(room, 'album'), { titles: ['Photo album'], closeBy: null, total: 1 });
    assert.deepEqual(await found(room, 'qqqzz'), { titles: [], closeBy: null, total: 0 });
    assert.deepEqual((await found(room, 'photographischer', { priceMinimum: 500 })).titles, []);
  });
});
