import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { Point } from '@plaza/kernel';
import { distanceKm } from '../domain/distance.ts';
import { type Rating, withStanding } from '../domain/rating.ts';
import { createEmbeddedEngine } from './embedded/engine.ts';
import { type EngineDocument, type EngineQuery, type SearchEngine, UNFILTERED } from './engine.ts';
import { createClient } from './opensearch/client.ts';
import { createOpenSearchEngine } from './opensearch/engine.ts';

type Adapter = {
  readonly name: string;
  /** Whatever is asked of a few listings is answered within this. */
  readonly answersWithinMs: number;
  /** `folder` is its own and empty. */
  create(folder: string): SearchEngine;
  /** Harms what is held of the marketplace `bazaar`. */
  damage(folder: string): Promise<void>;
  /** Leaves nothing behind. */
  clean(folder: string): Promise<void>;
};

/** Every adapter passes the same suite; OpenSearch where there is one. */
const address = process.env.OPENSEARCH_URL;
const ADAPTERS: readonly Adapter[] = [
  embeddedAdapter('embedded', 1),
  embeddedAdapter('embedded, in two threads', 2),
  ...(address === undefined ? [] : [openSearchAdapter(address)]),
];

function embeddedAdapter(name: string, threads: number): Adapter {
  return {
    name,
    answersWithinMs: 200,
    create: (folder) => createEmbeddedEngine(folder, { threads }),
    damage: (folder) =>
      writeFile(
        path.join(folder, 'bazaar.sqlite'),
        'not a database at all, but long enough to be read as one'.repeat(100),
      ),
    clean: async () => {},
  };
}

function openSearchAdapter(at: string): Adapter {
  const prefixOf = (folder: string) => path.basename(folder).toLowerCase();
  const client = createClient(at, { timeoutMs: 30_000 });
  const remove = async (pattern: string) => {
    const path = `/_cat/indices/${pattern}?format=json&h=index`;
    for (const { index } of await client.call<{ index: string }[]>({ method: 'GET', path }))
      await client.call({ method: 'DELETE', path: `/${index}` });
  };
  return {
    name: 'OpenSearch',
    answersWithinMs: 5_000,
    create: (folder) => createOpenSearchEngine({ address: at, prefix: prefixOf(folder), timeoutMs: 30_000 }),
    damage: (folder) => remove(`${prefixOf(folder)}-*-bazaar.index`),
    clean: (folder) => remove(`${prefixOf(folder)}-*`),
  };
}

type Draft = Partial<Omit<EngineDocument, 'texts'>> & {
  id: string;
  title: string;
  body?: string;
  tags?: string[];
  skus?: string[];
};

function documentOf({ id, title, body = '', tags = [], skus = [], ...rest }: Draft): EngineDocument {
  const document = {
    version: 1,
    stockVersion: 1,
    isListed: true,
    texts: { title, body, tags, skus, categoryNames: [], attributes: [] },
    storeId: 'sto_1',
    storeName: 'Old Light',
    storeSlug: 'old-light',
    tokens: [],
    priceMinor: 1000,
    publishedMs: Number(id.replace(/\D/g, '') || 0),
    point: null,
    freeQuantity: 5,
    isInStock: true,
    ...rest,
    id,
  };
  const { storeName, storeSlug, freeQuantity, isInStock } = document;
  return {
    ...document,
    card: rest.card ?? JSON.stringify({ id, title, storeName, storeSlug, freeQuantity, isInStock }),
  };
}

function queryOf(text: string, rest: Partial<EngineQuery> = {}): EngineQuery {
  return { ...UNFILTERED, text, sort: 'relevance', limit: 20, ...rest };
}

async function put(engine: SearchEngine, drafts: readonly Draft[], marketplaceId = 'bazaar'): Promise<void> {
  await engine.apply(
    marketplaceId,
    drafts.map((draft) => ({ kind: 'document', document: documentOf(draft) })),
  );
}

async function idsOf(engine: SearchEngine, query: EngineQuery | string, marketplaceId = 'bazaar'): Promise<string[]> {
  const { cards } = await engine.search(marketplaceId, typeof query === 'string' ? queryOf(query) : query);
  return cards.map((card) => (JSON.parse(card) as { id: string }).id);
}

for (const { name, answersWithinMs, create, damage, clean } of ADAPTERS) {
  const withEngine = (work: (engine: SearchEngine, folder: string) => Promise<void>) => async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-engine-'));
    const engine = create(folder);
    try {
      await work(engine, folder);
    } finally {
      await engine.close();
      await clean(folder);
      await rm(folder, { recursive: true });
    }
  };

  describe(`search engine, ${name}: what is near`, () => {
    const near = [
      { id: 'd2', similarity: 1, isHit: true },
      { id: 'd3', similarity: 0.9, isHit: true },
      { id: 'd1', similarity: 0.4, isHit: true },
      { id: 'd4', similarity: 0, isHit: false },
      { id: 'd9', similarity: 0.5, isHit: true },
    ];
    const shelf: Draft[] = [
      { id: 'd1', title: 'Couch', tokens: ['color:red'] },
      { id: 'd2', title: 'Sofa for three', tokens: ['color:red'] },
      { id: 'd3', title: 'Settee', tokens: ['color:blue'] },
      { id: 'd4', title: 'Lamp', tokens: ['color:blue'] },
      { id: 'd5', title: 'Couch cover for a couch', tokens: ['color:red'] },
    ];

    test(
      'it comes among the best after those that have the words, is counted, filtered and told apart',
      withEngine(async (engine) => {
        await put(engine, shelf);
        const found = await engine.search('bazaar', queryOf('couch', { near }));
        const ids = found.cards.map((card) => (JSON.parse(card) as { id: string }).id);
        assert.deepEqual([ids[0], new Set(ids)], ['d1', new Set(['d1', 'd2', 'd3', 'd5'])]);
        assert.ok(ids.indexOf('d2') < ids.indexOf('d3'));
        assert.deepEqual([found.total, found.nearTotal], [4, 2]);
        assert.deepEqual(found.facets.find(({ key }) => key === 'color')?.values, [
          { value: 'red', count: 3 },
          { value: 'blue', count: 1 },
        ]);
        const blue = await engine.search(
          'bazaar',
          queryOf('couch', { near, filters: [{ key: 'color', values: ['blue'], ranges: [] }] }),
        );
        assert.deepEqual([blue.cards.length, blue.total, blue.nearTotal], [1, 1, 1]);
        const pages: string[] = [];
        let after: EngineQuery['after'] = null;
        do {
          const page = await engine.search('bazaar', queryOf('couch', { near, limit: 1, after }));
          pages.push(...page.cards.map((card) => (JSON.parse(card) as { id: string }).id));
          after = page.nextKeys;
        } while (after !== null);
        assert.deepEqual(pages, ids);
      }),
    );

    test(
      'it is not heard by words in quotes, mended ones, and other orders; without any hit it is all there is',
      withEngine(async (engine) => {
        await put(engine, shelf);
        assert.deepEqual(await idsOf(engine, queryOf('"couch cover"', { near })), ['d5']);
        assert.deepEqual(await idsOf(engine, queryOf('setee', { near })), ['d3']);
        assert.deepEqual(
          new Set(await idsOf(engine, queryOf('couch', { near, sort: 'newest' }))),
          new Set(['d1', 'd5']),
        );
        const alone = await engine.search('bazaar', queryOf('qqqzz', { near }));
        assert.deepEqual([alone.total, alone.nearTotal], [3, 3]);
        assert.equal((JSON.parse(alone.cards[0] as string) as { id: string }).id, 'd2');
      }),
    );
  });

  describe(`search engine, ${name}: words`, () => {
    const shelf: Draft[] = [
      { id: 'd1', title: 'Vintage brass lamp', body: 'A lamp from the 1960s.' },
      {
        id: 'd2',
        title: 'Desk',
        body: 'Oak desk, a brass lamp is not included. The drawers open well and it has a place for papers.',
      },
      { id: 'd3', title: 'Café table', tags: ['furniture'] },
      { id: 'd4', title: 'โคมไฟตั้งโต๊ะทองเหลือง', body: 'โคมไฟเก่าสวยงาม ใช้งานได้ดี' },
      { id: 'd5', title: 'เก้าอี้ไม้สัก' },
      { id: 'd6', title: 'Zapatos de piel para niño', body: 'Relojes y pantalones aparte' },
      { id: 'd7', title: 'T-shirt with berries', skus: ['SHIRT-BERRY-XL'] },
      { id: 'd8', title: '真鍮のランプ' },
    ];
    const cases: { query: string; finds: string[]; why: string }[] = [
      { query: 'brass lamp', finds: ['d1', 'd2'], why: 'the title counts more than the body' },
      { query: 'LAMPS', finds: ['d1', 'd2'], why: 'case and plural do not matter' },
      { query: 'cafe', finds: ['d3'], why: 'accents do not matter' },
      { query: 'ＣＡＦÉ', finds: ['d3'], why: 'full-width letters are letters' },
      { query: 'vint', finds: ['d1'], why: 'the last word may be a beginning' },
      { query: 'vintgae', finds: ['d1'], why: 'swapped letters are mended' },
      { query: 'furnitre', finds: ['d3'], why: 'a lost letter is mended' },
      { query: 'โคมไฟ', finds: ['d4'], why: 'Thai is cut into words' },
      { query: 'เก้าอี้', finds: ['d5'], why: 'Thai marks are letters' },
      { query: 'zapato nino', finds: ['d6'], why: 'Spanish plural and ñ' },
      { query: 'reloj', finds: ['d6'], why: 'Spanish -es plural' },
      { query: 'berry', finds: ['d7'], why: 'English -ies plural' },
      { query: 'tshirt', finds: ['d7'], why: 'hyphens may be left out' },
      { query: 'shirt-berry-xl', finds: ['d7'], why: 'the SKU is found' },
      { query: 'ランプ', finds: ['d8'], why: 'Japanese is cut into words' },
      { query: 'lamp zxqwv', finds: ['d1', 'd2'], why: 'a word nobody uses does not empty the answer' },
      { query: 'brasslamp', finds: ['d1', 'd2'], why: 'words written together are cut' },
      { query: 't shirts', finds: ['d7'], why: 'words written apart are put together' },
      { query: '"brass lamp" vintage', finds: ['d1'], why: 'with words in quotes all must be there' },
      { query: 'shirtberryxl', finds: ['d7'], why: 'a part number needs no hyphens' },
      {
        query: 'what is the best brass lamp for my desk please',
        finds: ['d2', 'd1'],
        why: 'words around it say nothing',
      },
      { query: 'zxqwvvv', finds: [], why: 'what is not there is not there' },
    ];
    for (const { query, finds, why } of cases) {
      test(
        `“${query}”: ${why}`,
        withEngine(async (engine) => {
          await put(engine, shelf);
          assert.deepEqual(await idsOf(engine, query), finds);
        }),
      );
    }

    test(
      'a measure is found however it is written, and comes before other measures',
      withEngine(async (engine) => {
        await put(engine, [
          { id: 'd1', title: 'Extension cord 10 ft. black' },
          { id: 'd2', title: 'Extension cord 25ft black' },
          { id: 'd3', title: 'Extension cord, 10-foot, white' },
          { id: 'd4', title: 'Picture frame 8" with 10 hooks' },
        ]);
        for (const query of [
          'extension cord 10ft',
          '10 feet extension cord',
          "10' extension cords",
          '10-ft extension cord',
        ])
          assert.deepEqual((await idsOf(engine, query)).slice(0, 2).sort(), ['d1', 'd3'], query);
        assert.equal((await idsOf(engine, '8 inch frame'))[0], 'd4');
      }),
    );

    test(
      'what is made for a thing comes after the thing',
      withEngine(async (engine) => {
        await put(engine, [
          { id: 'd3', title: 'Shade for floor lamp' },
          { id: 'd1', title: 'Floor lamp, brass' },
          { id: 'd2', title: 'Table', body: 'For a floor lamp.' },
        ]);
        assert.deepEqual(await idsOf(engine, 'floor lamp'), ['d1', 'd3', 'd2']);
      }),
    );

    test(
      'a can is a thing, not only a verb',
      withEngine(async (engine) => {
        await put(engine, [
          { id: 'd1', title: 'Green watering can' },
          { id: 'd2', title: 'Water, still water' },
        ]);
        assert.deepEqual(await idsOf(engine, 'water can'), ['d1']);
      }),
    );

    test(
      'other words for the same, words that say nothing, and listings put first or hidden by hand',
      withEngine(async (engine) => {
        await put(engine, shelf);
        const found = (rest: Partial<EngineQuery>, text = 'lantern') => idsOf(engine, queryOf(text, rest));
        assert.deepEqual(await found({}), []);
        assert.deepEqual(await found({ alternatives: [{ word: 'lanterns', others: ['lamp'] }] }), ['d1', 'd2']);
        assert.deepEqual(await found({ stopWords: ['vintage'] }, 'vintage desk'), ['d2']);
        assert.deepEqual(await found({ pinned: ['d5', 'none'], hidden: ['d1'] }, 'brass lamp'), ['d5', 'd2']);
        const { total, facets } = await engine.search(
          'bazaar',
          queryOf('brass lamp', { pinned: ['d5'], hidden: ['d1'] }),
        );
        assert.deepEqual([total, facets], [2, []]);
      }),
    );

    test(
      'what is put first and has no place on the first page is found where its words put it',
      withEngine(async (engine) => {
        await put(engine, [
          { id: 'd1', title: 'Brass lamp' },
          { id: 'd2', title: 'Brass lamp' },
          { id: 'd3', title: 'Brass lamp' },
          { id: 'd4', title: 'Brass lamp' },
        ]);
        const query = queryOf('brass lamp', { pinned: ['d3', 'd1', 'd4'], limit: 2 });
        const first = await engine.search('bazaar', query);
        const rest = await engine.search('bazaar', { ...query, after: first.nextKeys });
        const ids = [...first.cards, ...rest.cards].map((card) => (JSON.parse(card) as { id: string }).id);
        assert.equal(ids[0], 'd3');
        assert.deepEqual(ids.toSorted(), ['d1', 'd2', 'd3', 'd4']);
        assert.deepEqual([first.total, rest.total], [4, 4]);
      }),
    );

    test(
      'tells which words nobody has, and which were searched for',
      withEngine(async (engine) => {
        await put(engine, shelf);
        const { unknownWords, terms } = await engine.search('bazaar', queryOf('lamps zxqwv'));
        assert.deepEqual([unknownWords, terms], [['zxqwv'], ['lamp']]);
      }),
    );

    test(
      'pages go on beyond the hits that were ordered anew, and show each once',
      withEngine(async (engine) => {
        const titles = ['brass lamp', 'lamp for a desk', 'a lamp of brass', 'desk', 'brass'];
        await put(
          engine,
          Array.from({ length: 250 }, (_, i) => ({ id: `d${i}`, title: titles[i % 5] as string, body: 'brass' })),
        );
        const seen: string[] = [];
        let after: EngineQuery['after'] = null;
        do {
          const page = await engine.search('bazaar', queryOf('brass lamp', { limit: 35, after }));
          seen.push(...page.cards.map((card) => (JSON.parse(card) as { id: string }).id));
          after = page.nextKeys;
          assert.equal(page.total, 150);
        } while (after !== null);
        assert.deepEqual([seen.length, new Set(seen).size], [150, 150]);
      }),
    );

    test(
      'a word that is everywhere only orders, a rare one decides',
      withEngine(async (engine) => {
        await put(
          engine,
          Array.from({ length: 100 }, (_, i) => ({ id: `d${i}`, title: `new phone ${i < 3 ? 'purple' : 'grey'}` })),
        );
        const { total } = await engine.search('bazaar', queryOf('new purple'));
        assert.equal(total, 3);
      }),
    );

    test(
      'a word that is everywhere still orders those with the rare one',
      withEngine(async (engine) => {
        await put(
          engine,
          Array.from({ length: 2_000 }, (_, i) => ({
            id: `d${i}`,
            title: `${i % 10 === 0 ? 'purple' : 'grey'} ${i % 4 === 0 ? 'case' : 'phone'}`,
            publishedMs: 1,
          })),
        );
        const { total, cards } = await engine.search('bazaar', queryOf('phone purple', { limit: 101 }));
        assert.equal(total, 200);
        const titles = cards.map((card) => (JSON.parse(card) as { title: string }).title);
        assert.deepEqual(new Set(titles.slice(0, 100)), new Set(['purple phone']));
        assert.equal(titles[100], 'purple case');
      }),
    );

    test(
      'when many have all the words, those with one of them are left out',
      withEngine(async (engine) => {
        const titles = ['brass lamp', 'brass kettle', 'oak lamp', 'oak table'];
        await put(
          engine,
          Array.from({ length: 800 }, (_, i) => ({ id: `d${i}`, title: titles[i % 4] as string })),
        );
        assert.equal((await engine.search('bazaar', queryOf('brass lamp'))).total, 200);
        await engine.apply('bazaar', [
          { kind: 'document', document: documentOf({ id: 'd0', title: 'x', version: 2 }) },
        ]);
        assert.equal((await engine.search('bazaar', queryOf('brass lamp'))).total, 599);
      }),
    );

    test(
      'says which spelling it searched for',
      withEngine(async (engine) => {
        await put(engine, shelf);
        assert.equal((await engine.search('bazaar', queryOf('vintgae lamp'))).correctedText, 'vintage lamp');
        assert.equal((await engine.search('bazaar', queryOf('vintage lamp'))).correctedText, null);
      }),
    );

    test(
      'suggests words and listings',
      withEngine(async (engine) => {
        await put(engine, shelf);
        const { queries, cards } = await engine.suggest('bazaar', 'vintage bra', 5);
        assert.deepEqual(queries, ['vintage brass']);
        assert.equal(cards.length, 2);
        assert.deepEqual(await engine.suggest('bazaar', '?!', 5), { queries: [], cards: [] });
        await put(engine, [{ id: 'd9', title: 'Dining chair' }]);
        const typed = await engine.suggest('bazaar', 'dinin', 5);
        assert.deepEqual([typed.queries, typed.cards.length], [['dining'], 1]);
        // A part number finds its listing, and is nothing to propose.
        await put(engine, [{ id: 'd10', title: 'Firefly lantern', skus: ['FIREFLY-LANTERN-1'] }]);
        const part = await engine.suggest('bazaar', 'firefly', 5);
        assert.deepEqual([part.queries, part.cards.length], [['firefly'], 1]);
      }),
    );

    test(
      'whatever is typed gets an answer',
      withEngine(async (engine) => {
        await put(engine, shelf);
        const texts = [
          '"',
          "'; drop table document; --",
          'title:lamp AND NOT (brass OR NEAR(a b))',
          '*',
          '-',
          'lamp*',
          '^lamp',
          '{a}: b + c',
          '👩‍👩‍👧 🏮',
          '\u202elamp\u202c',
          '\u0000lamp',
          'مصباح نحاسي',
          '\ud800',
          'a'.repeat(300),
          '%_\\',
          'x '.repeat(150),
          '(((((',
          '\n\t',
          '(a+)+$ [[[[ ^(([a-z])+.)+[A-Z]([a-z])+$',
          '"'.repeat(300),
          '"a" '.repeat(75),
          `${'1-1/2 in. '.repeat(30)}`,
          '\u202b'.repeat(150) + 'مصباح'.repeat(30),
          Array.from({ length: 60 }, (_, i) => `w${i}x`).join(' '),
          'ab-'.repeat(100),
          'โคม'.repeat(100),
          `z${'\u0301\u0323\u0330'.repeat(90)}`,
          'l\u200ba\u200bm\u200bp '.repeat(30),
          `"${'brass lamp '.repeat(27)}`,
          `${'('.repeat(150)}lamp${')'.repeat(150)}`,
          // More than the service lets through: the work is bounded here too.
          'brass lamp '.repeat(5_000),
          Array.from({ length: 10_000 }, (_, i) => `lampw${i.toString(26).replace(/\d/g, 'x')}`).join(' '),
        ];
        for (const text of texts) {
          const startMs = performance.now();
          assert.ok((await engine.search('bazaar', queryOf(text))).total >= 0, text);
          assert.ok(performance.now() - startMs < answersWithinMs, `${text} took ${performance.now() - startMs} ms`);
        }
        assert.deepEqual(await idsOf(engine, '\u202elamp\u202c'), ['d1', 'd2']);
        assert.deepEqual(await idsOf(engine, '🏮'), []);
      }),
    );
  });

  describe(`search engine, ${name}: filters, facets, pages`, () => {
    const colors = ['red', 'green', 'blue'];
    const shelf: Draft[] = Array.from({ length: 60 }, (_, i) => ({
      id: `d${String(i).padStart(2, '0')}`,
      title: `lamp ${i}`,
      tokens: [
        `color:${colors[i % 3]}`,
        `watts:${(i % 4) * 10}`,
        'category:home',
        ...(i % 2 === 0 ? ['category:lighting'] : []),
        '@store:sto_1',
      ],
      priceMinor: 100 * (i % 10),
      isInStock: i % 5 !== 0,
    }));
    const count = (
      facets:
        | { key: string; values: readonly { value: string; count: number }[] }[]
        | readonly { key: string; values: readonly { value: string; count: number }[] }[],
      key: string,
    ) =>
      Object.fromEntries(
        (facets.find((each) => each.key === key)?.values ?? []).map(({ value, count }) => [value, count]),
      );

    test(
      'counts tell what another choice of the same facet would find',
      withEngine(async (engine) => {
        await put(engine, shelf);
        const red = await engine.search(
          'bazaar',
          queryOf('lamp', {
            filters: [
              { key: 'color', values: ['red'], ranges: [] },
              { key: 'category', values: ['lighting'], ranges: [] },
            ],
          }),
        );
        assert.equal(red.total, 10);
        assert.deepEqual(count(red.facets, 'color'), { red: 10, green: 10, blue: 10 });
        assert.deepEqual(count(red.facets, 'category'), { home: 20, lighting: 10 });
        assert.equal(
          red.facets.some(({ key }) => key === '@store'),
          false,
        );
        for (const value of ['green', 'blue']) {
          const { total } = await engine.search(
            'bazaar',
            queryOf('lamp', {
              filters: [
                { key: 'color', values: [value], ranges: [] },
                { key: 'category', values: ['lighting'], ranges: [] },
              ],
            }),
          );
          assert.equal(total, count(red.facets, 'color')[value]);
        }
      }),
    );

    test(
      'ranges, prices and stock filter; the price range leaves out the price filter',
      withEngine(async (engine) => {
        await put(engine, shelf);
        const some = await engine.search(
          'bazaar',
          queryOf('', {
            filters: [{ key: 'watts', values: [], ranges: [{ minimum: 5, maximum: 20 }] }],
            priceMinimum: 200,
            priceMaximum: 400,
            isInStock: true,
          }),
        );
        const expected = shelf.filter(
          (_, i) => [10, 20].includes((i % 4) * 10) && i % 10 >= 2 && i % 10 <= 4 && i % 5 !== 0,
        );
        assert.equal(some.total, expected.length);
        assert.deepEqual(some.priceRange, { minimum: 100, maximum: 900 });
      }),
    );

    for (const sort of ['relevance', 'newest', 'price_asc', 'price_desc'] as const) {
      test(
        `pages by ${sort} show each listing once, in order`,
        withEngine(async (engine) => {
          await put(engine, shelf);
          const seen: string[] = [];
          let after: EngineQuery['after'] = null;
          do {
            const page = await engine.search('bazaar', queryOf('lamp', { sort, limit: 7, after }));
            assert.equal(page.total, 60);
            seen.push(...page.cards.map((card) => (JSON.parse(card) as { id: string }).id));
            after = page.nextKeys;
          } while (after !== null);
          assert.equal(new Set(seen).size, 60);
          const whole = await idsOf(engine, queryOf('lamp', { sort, limit: 100 }));
          assert.deepEqual(seen, whole);
          const price = (id: string) => 100 * (Number(id.slice(1)) % 10);
          if (sort === 'price_asc')
            assert.ok(seen.every((id, i) => i === 0 || price(id) >= price(seen[i - 1] as string)));
          if (sort === 'newest') assert.deepEqual(seen, [...seen].sort().reverse());
        }),
      );
    }

    test(
      'by rating the best rated come first, page by page: many good reviews before one perfect, then more reviews, unreviewed last',
      withEngine(async (engine) => {
        const reviewed = [
          [1, 5],
          [20, 96],
          [3, 15],
          [40, 192],
          [2, 3],
          [9, 9],
          [0, 0],
          [8, 28],
          [2, 7],
        ] as const;
        await engine.apply(
          'bazaar',
          reviewed.map(([count, sum], i) => {
            const document = withStanding(documentOf({ id: `d${i}`, title: 'lamp' }), {
              own: { count, sum },
              store: undefined,
            });
            return { kind: 'document', document };
          }),
        );
        await put(engine, [{ id: 'd9', title: 'lamp' }]);
        for (const text of ['', 'lamp']) {
          const seen: string[] = [];
          for (let after: EngineQuery['after'] = null; ; ) {
            const page = await engine.search('bazaar', queryOf(text, { sort: 'rating', limit: 3, after }));
            seen.push(...page.cards.map((card) => (JSON.parse(card) as { id: string }).id));
            if (page.nextKeys === null) break;
            after = page.nextKeys;
          }
          assert.deepEqual(seen, ['d3', 'd1', 'd2', 'd0', 'd7', 'd8', 'd4', 'd5', 'd9', 'd6']);
        }
      }),
    );

    test(
      'near a point it finds what is within the distance, counts it, and shows the nearest first, page by page',
      withEngine(async (engine) => {
        const point = { latitude: 13.75, longitude: 100.5 };
        const places = shelf.map((_, i): Point | null =>
          i % 7 === 0 ? null : { latitude: 13.75 + (i % 9) * 0.05, longitude: 100.5 - (i % 4) * 0.1 },
        );
        await put(
          engine,
          shelf.map((draft, i) => ({ ...draft, point: places[i] ?? null })),
        );
        const kmOf = (id: string) => {
          const place = places[Number(id.slice(1))] ?? null;
          return place === null ? Number.POSITIVE_INFINITY : distanceKm(point, place);
        };
        const within = shelf.filter(({ id }) => kmOf(id) <= 20);
        for (const text of ['', 'lamp']) {
          const around = { point, withinKm: 20 };
          const found = await engine.search('bazaar', queryOf(text, { around, sort: 'newest', limit: 100 }));
          const reds = within.filter(({ tokens }) => tokens?.includes('color:red'));
          assert.deepEqual([found.total, found.cards.length], [within.length, within.length]);
          assert.equal(count(found.facets, 'color').red, reds.length);
          const filters = [{ key: 'color', values: ['red'], ranges: [] }];
          const red = await engine.search('bazaar', queryOf(text, { around, filters, sort: 'newest' }));
          assert.deepEqual([red.total, count(red.facets, 'color')], [reds.length, count(found.facets, 'color')]);
        }
        const seen: string[] = [];
        let after: EngineQuery['after'] = null;
        do {
          const around = { point, withinKm: null };
          const page = await engine.search('bazaar', queryOf('', { around, sort: 'distance', limit: 7, after }));
          assert.equal(page.total, 60);
          seen.push(...page.cards.map((card) => (JSON.parse(card) as { id: string }).id));
          after = page.nextKeys;
        } while (after !== null);
        assert.equal(new Set(seen).size, 60);
        seen.forEach((id, i) => {
          assert.ok(i === 0 || kmOf(id) >= kmOf(seen[i - 1] as string) - 0.01, `${seen[i - 1]} before ${id}`);
        });
      }),
    );

    test(
      'what is near counts as a signal, but only where it is asked what is near',
      withEngine(async (engine) => {
        const point = { latitude: 13.75, longitude: 100.5 };
        await put(engine, [
          { id: 'd1', title: 'brass lamp', point },
          { id: 'd2', title: 'brass lamp', point: { latitude: 18.79, longitude: 98.98 } },
        ]);
        const signals = { cap: 0.05, completeness: 0, freshness: 0, nearness: 1, rating: 0, nowMs: 10 };
        const ranking = { fields: { title: 1, category: 1 }, signals, boosts: {} };
        const around = { point, withinKm: null };
        assert.deepEqual(await idsOf(engine, queryOf('brass lamp', { ranking })), ['d2', 'd1']);
        assert.deepEqual(await idsOf(engine, queryOf('brass lamp', { ranking, around })), ['d1', 'd2']);
      }),
    );

    test(
      'a version is found within the ranges that listings work with, and nobody is shown them as a facet',
      withEngine(async (engine) => {
        const ranges = [
          'unity 2022.3..',
          'unity 2019.4..2022.10',
          'unity 2022.9..2022.9',
          'godot 4..',
          'unity ..2021.3',
        ];
        await put(
          engine,
          ranges.map((range, i) => ({ id: `d${i}`, title: 'lamp', tokens: [`@works:${range}`, 'color:red'] })),
        );
        const found = async (from: string, more: EngineQuery['filters'] = []) => {
          const works = { key: '@works', values: [], ranges: [], works: { program: 'unity', from, to: from } };
          return (await idsOf(engine, queryOf('', { filters: [works, ...more] }))).toSorted();
        };
        assert.deepEqual(await found('2022.9.4'), ['d0', 'd1', 'd2']);
        assert.deepEqual(await found('2022.10'), ['d0', 'd1']);
        assert.deepEqual(await found('2020.1'), ['d1', 'd4']);
        assert.deepEqual(await found('2022.10', [{ key: 'color', values: ['blue'], ranges: [] }]), []);
        const { facets } = await engine.search('bazaar', queryOf('lamp'));
        assert.deepEqual(
          facets.map(({ key }) => key),
          ['color'],
        );
      }),
    );

    test(
      'asked of a few listings, it finds those of them that it finds among all',
      withEngine(async (engine) => {
        const titles = ['brass lamp', 'brass lamp', 'brass bowl', 'paper lamp', 'oak table'];
        await put(
          engine,
          titles.map((title, i) => ({ id: `d${i}`, title, tokens: [`color:${i % 2}`] })),
        );
        await put(engine, [{ id: 'd7', title: 'brass lamp', version: 4, isListed: false }]);
        const only = ['d1', 'd3', 'd4', 'd7', 'd9'];
        const among = async (query: EngineQuery): Promise<string[]> => {
          const all = new Set(await idsOf(engine, query));
          const few = await idsOf(engine, { ...query, only });
          assert.deepEqual(
            few.toSorted(),
            only.filter((id) => all.has(id)),
          );
          return few;
        };
        assert.deepEqual(await among(queryOf('"brass lamp"')), ['d1']);
        assert.deepEqual(await among(queryOf('', { sort: 'newest' })), ['d4', 'd3', 'd1']);
        assert.deepEqual(await among(queryOf('bowl')), []);
        const odd = { filters: [{ key: 'color', values: ['1'], ranges: [] }] };
        assert.equal((await among(queryOf('brass lamp', odd)))[0], 'd1');
        assert.deepEqual(await engine.versions('bazaar', only), { d1: 1, d3: 1, d4: 1, d7: 4 });
      }),
    );

    test(
      'what is listed between two pages does not repeat an item',
      withEngine(async (engine) => {
        await put(engine, shelf);
        const first = await engine.search('bazaar', queryOf('', { sort: 'newest', limit: 30 }));
        await put(engine, [{ id: 'd99', title: 'lamp 99' }]);
        const second = await idsOf(engine, queryOf('', { sort: 'newest', limit: 100, after: first.nextKeys }));
        assert.equal(second.length, 30);
        assert.equal(
          second.some((id) => first.cards.some((card) => card.includes(`"${id}"`))),
          false,
        );
      }),
    );
  });

  describe(`search engine, ${name}: changes`, () => {
    test(
      'older versions never win, in whatever order they come',
      withEngine(async (engine) => {
        await put(engine, [{ id: 'd1', title: 'new title', version: 5 }]);
        await put(engine, [{ id: 'd1', title: 'ancient title', version: 4 }]);
        assert.deepEqual(await idsOf(engine, 'ancient'), []);
        await put(engine, [
          { id: 'd1', title: '', version: 7, isListed: false },
          { id: 'd1', title: 'zombie', version: 6 },
        ]);
        assert.deepEqual(await idsOf(engine, ''), []);
        await put(engine, [{ id: 'd1', title: 'back again', version: 8 }]);
        assert.deepEqual(await idsOf(engine, 'back'), ['d1']);
      }),
    );

    test(
      'stock news and documents each keep the newer',
      withEngine(async (engine) => {
        await put(engine, [{ id: 'd1', title: 'lamp' }]);
        await engine.apply('bazaar', [
          { kind: 'stock', stock: { id: 'd1', stockVersion: 3, freeQuantity: 0, isInStock: false } },
        ]);
        await put(engine, [{ id: 'd1', title: 'brass lamp', version: 2, stockVersion: 2 }]);
        assert.deepEqual(await idsOf(engine, queryOf('brass', { isInStock: true })), []);
        const [card] = (await engine.search('bazaar', queryOf('brass', { isInStock: false }))).cards;
        assert.deepEqual(JSON.parse(card ?? '').freeQuantity, 0);
        await engine.apply('bazaar', [
          { kind: 'stock', stock: { id: 'd1', stockVersion: 4, freeQuantity: null, isInStock: true } },
        ]);
        const [again] = (await engine.search('bazaar', queryOf('brass', { isInStock: true }))).cards;
        assert.equal(JSON.parse(again ?? '').freeQuantity, null);
        // News may overtake the listing itself.
        await engine.apply('bazaar', [
          { kind: 'stock', stock: { id: 'd2', stockVersion: 3, freeQuantity: 7, isInStock: true } },
        ]);
        await put(engine, [{ id: 'd2', title: 'copper lamp', stockVersion: 2, isInStock: false }]);
        const [late] = (await engine.search('bazaar', queryOf('copper', { isInStock: true }))).cards;
        assert.equal(JSON.parse(late ?? '').freeQuantity, 7);
      }),
    );

    test(
      'a renamed store is found by its new name, also through late documents',
      withEngine(async (engine) => {
        await put(engine, [{ id: 'd1', title: 'lamp' }]);
        await engine.apply('bazaar', [
          { kind: 'store', store: { storeId: 'sto_1', version: 2, name: 'Glowworm', slug: 'glowworm' } },
        ]);
        await put(engine, [{ id: 'd2', title: 'desk' }]);
        assert.deepEqual((await idsOf(engine, 'glowworm')).sort(), ['d1', 'd2']);
      }),
    );

    test(
      'marketplaces never meet',
      withEngine(async (engine) => {
        await put(engine, [{ id: 'd1', title: 'lamp' }], 'bazaar');
        await put(engine, [{ id: 'd2', title: 'lamp' }], 'jaikod');
        assert.deepEqual(await idsOf(engine, 'lamp', 'bazaar'), ['d1']);
        assert.deepEqual(await idsOf(engine, 'lamp', 'jaikod'), ['d2']);
        assert.deepEqual(await idsOf(engine, 'lamp', 'temuhash'), []);
      }),
    );

    test(
      'cards by id come in the order asked for, without those that are not listed',
      withEngine(async (engine) => {
        await put(engine, [
          { id: 'd1', title: 'Lamp' },
          { id: 'd2', title: 'Desk' },
          { id: 'd3', title: 'Gone', isListed: false },
        ]);
        const cards = await engine.cards('bazaar', ['d2', 'd3', 'unknown', 'd1']);
        assert.deepEqual(
          cards.map((card) => (JSON.parse(card) as { title: string }).title),
          ['Desk', 'Lamp'],
        );
        assert.deepEqual(await engine.cards('jaikod', ['d1']), []);
      }),
    );

    test(
      'what it held is there after a restart, and a rebuild forgets what is gone',
      withEngine(async (engine, folder) => {
        await put(engine, [
          { id: 'd1', title: 'lamp' },
          { id: 'd2', title: 'desk' },
        ]);
        await engine.close();
        const second = create(folder);
        assert.deepEqual(await idsOf(second, 'lamp'), ['d1']);
        await second.beginRebuild('bazaar');
        await put(second, [{ id: 'd2', title: 'desk' }]);
        assert.deepEqual(await second.finishRebuild('bazaar', 'build-1'), { documentCount: 1, buildId: 'build-1' });
        assert.deepEqual(await idsOf(second, ''), ['d2']);
        await second.close();
      }),
    );

    test(
      'what may wait is found when the rebuild is finished',
      withEngine(async (engine) => {
        await engine.beginRebuild('bazaar');
        const document = documentOf({ id: 'd1', title: 'lamp' });
        await engine.apply('bazaar', [{ kind: 'document', document }], { mayWait: true });
        await engine.finishRebuild('bazaar', 'build-1');
        assert.deepEqual(await idsOf(engine, 'lamp'), ['d1']);
      }),
    );

    test(
      'a damaged or deleted index is begun anew',
      withEngine(async (engine, folder) => {
        await put(engine, [{ id: 'd1', title: 'lamp' }]);
        await engine.close();
        await damage(folder);
        const second = create(folder);
        assert.deepEqual(await second.status('bazaar'), { documentCount: 0, buildId: null });
        await second.close();
      }),
    );

    test(
      'what it holds is told in order of ids, and a document is put again over the same version when asked to',
      withEngine(async (engine) => {
        await put(engine, [
          { id: 'd3', title: 'lamp' },
          { id: 'd1', title: 'lamp', version: 4, stockVersion: 2 },
          { id: 'd2', title: 'lamp' },
          { id: 'd4', title: 'lamp' },
        ]);
        await put(engine, [{ id: 'd2', title: 'lamp', version: 2, isListed: false }]);
        const held = async (afterId: string, throughId: string | null, limit = 10) =>
          (await engine.held('bazaar', { afterId, throughId, limit })).map(({ id }) => id);
        assert.deepEqual(await engine.held('bazaar', { afterId: '', throughId: null, limit: 1 }), [
          { id: 'd1', version: 4, stockVersion: 2, isFindable: true },
        ]);
        assert.deepEqual(await held('d1', null), ['d3', 'd4']);
        assert.deepEqual(await held('', 'd3', 2), ['d1', 'd3']);
        assert.deepEqual(await engine.held('jaikod', { afterId: '', throughId: null, limit: 10 }), []);
        const again = documentOf({ id: 'd1', title: 'desk', version: 4 });
        await engine.apply('bazaar', [{ kind: 'document', document: again }]);
        assert.deepEqual(await idsOf(engine, 'desk'), []);
        await engine.apply('bazaar', [{ kind: 'document', document: again, isAgain: true }]);
        assert.deepEqual(await idsOf(engine, 'desk'), ['d1']);
      }),
    );

    test(
      'of hits that fit alike the complete and the fresh come first, within the cap',
      withEngine(async (engine) => {
        const day = 86_400_000;
        const nowMs = 1_000 * day;
        await put(engine, [
          { id: 'd1', title: 'brass lamp', tokens: ['@complete:3'], publishedMs: nowMs - 300 * day },
          { id: 'd2', title: 'brass lamp', tokens: ['@complete:0'], publishedMs: nowMs - 300 * day },
          { id: 'd3', title: 'brass lamp', tokens: ['@complete:0'], publishedMs: nowMs },
          {
            id: 'd4',
            title: 'table and chair, of wood, with a brass ornament and a lamp',
            tokens: ['@complete:3'],
            publishedMs: nowMs,
          },
        ]);
        const fields = { title: 1, category: 1 };
        const ranked = (signals: { cap: number; completeness: number; freshness: number; nearness: number }) =>
          idsOf(
            engine,
            queryOf('brass lamp', {
              ranking: { fields, signals: { ...signals, rating: 1, nowMs }, boosts: {} },
            }),
          );
        const off = { cap: 0, completeness: 1, freshness: 1, nearness: 1 };
        assert.deepEqual(await ranked(off), ['d3', 'd2', 'd1', 'd4']);
        assert.deepEqual(await ranked({ ...off, cap: 0.05, freshness: 0 }), ['d1', 'd3', 'd2', 'd4']);
        assert.deepEqual(await ranked({ ...off, cap: 0.05, completeness: 0 }), ['d3', 'd2', 'd1', 'd4']);
        // Only a cap beyond all measure lets what fits worse come first.
        assert.equal((await ranked({ ...off, cap: 0.9 }))[0], 'd4');
        const { facets } = await engine.search('bazaar', queryOf('brass lamp'));
        assert.deepEqual(facets, []);
      }),
    );

    test(
      'stars and up are counted whatever is chosen of them; of hits that fit alike the well reviewed come first, others stay',
      withEngine(async (engine) => {
        const nowMs = Date.UTC(2026, 10, 22);
        const rated = (id: string, count: number, sum: number) =>
          withStanding(documentOf({ id, title: 'brass lamp', publishedMs: nowMs }), {
            own: { count, sum },
            store: undefined,
          });
        const documents = [
          rated('d1', 20, 96),
          rated('d2', 1, 5),
          rated('d3', 10, 12),
          rated('d4', 4, 16),
          rated('d5', 0, 0),
        ];
        await engine.apply(
          'bazaar',
          documents.map((document) => ({ kind: 'document', document })),
        );
        const upFrom = (stars: number) => [{ key: 'rating', values: [String(stars)], ranges: [] }];
        assert.deepEqual(await idsOf(engine, queryOf('', { filters: upFrom(4) })), ['d4', 'd2', 'd1']);
        assert.deepEqual(await idsOf(engine, queryOf('lamp', { filters: upFrom(5) })), ['d2']);
        const { facets } = await engine.search('bazaar', queryOf('lamp', { filters: upFrom(4) }));
        const counts = new Map(
          facets.find(({ key }) => key === 'rating')?.values.map((each) => [each.value, each.count]),
        );
        assert.deepEqual(
          [1, 2, 3, 4, 5].map((stars) => counts.get(String(stars))),
          [4, 3, 3, 3, 1],
        );
        const ranking = (rating: number) => ({
          fields: { title: 1, category: 1 },
          signals: { cap: 0.05, completeness: 0, freshness: 0.1, nearness: 0, rating, nowMs },
          boosts: {},
        });
        const byStars = await idsOf(engine, queryOf('brass lamp', { ranking: ranking(1) }));
        assert.deepEqual([byStars.indexOf('d1') < byStars.indexOf('d2'), byStars.at(-1)], [true, 'd3']);
        assert.deepEqual(await idsOf(engine, queryOf('brass lamp', { ranking: ranking(0) })), [
          'd5',
          'd4',
          'd3',
          'd2',
          'd1',
        ]);
      }),
    );

    test(
      'what nobody reviewed is ordered by what its store is held to be',
      withEngine(async (engine) => {
        const nowMs = Date.UTC(2026, 10, 22);
        const of = (id: string, own: Rating | undefined, store: Rating | undefined) =>
          withStanding(documentOf({ id, title: 'brass lamp', publishedMs: nowMs }), { own, store });
        const documents = [
          of('d1', undefined, { count: 20, sum: 30 }),
          of('d2', undefined, { count: 20, sum: 96 }),
          of('d3', { count: 9, sum: 45 }, { count: 29, sum: 141 }),
          of('d4', undefined, { count: 3, sum: 10 }),
        ];
        await engine.apply(
          'bazaar',
          documents.map((document) => ({ kind: 'document', document })),
        );
        const signals = { cap: 0.05, completeness: 0, freshness: 0, nearness: 0, rating: 1, nowMs };
        const ranking = { fields: { title: 1, category: 1 }, signals, boosts: {} };
        assert.deepEqual(await idsOf(engine, queryOf('brass lamp', { ranking })), ['d3', 'd2', 'd4', 'd1']);
        const page = await engine.search('bazaar', queryOf('', { sort: 'rating', limit: 1 }));
        assert.deepEqual(JSON.parse(page.cards[0] as string).id, 'd3', 'sorted by stars, only those of its own count');
      }),
    );

    test(
      'a listing or a store that is boosted comes first of hits that fit alike, within the cap, and never without its words',
      withEngine(async (engine) => {
        const nowMs = Date.UTC(2026, 10, 22);
        await put(engine, [
          { id: 'd1', title: 'brass lamp', tokens: ['@store:sto_1'], publishedMs: nowMs },
          { id: 'd2', title: 'brass lamp', tokens: ['@store:sto_2'], publishedMs: nowMs },
          { id: 'd3', title: 'brass lamp', tokens: ['@store:sto_2'], publishedMs: nowMs },
          { id: 'd4', title: 'table and chair, of wood, with a brass ornament and a lamp', tokens: ['@store:sto_4'] },
          { id: 'd5', title: 'vase', tokens: ['@store:sto_4'] },
        ]);
        const ranked = (boosts: Record<string, number>, cap = 0.05) =>
          idsOf(
            engine,
            queryOf('brass lamp', {
              ranking: {
                fields: { title: 1, category: 1 },
                signals: { cap, completeness: 0, freshness: 1, nearness: 0, rating: 0, nowMs: nowMs + 30 * 86_400_000 },
                boosts,
              },
            }),
          );
        assert.deepEqual(await ranked({}), ['d3', 'd2', 'd1', 'd4']);
        assert.deepEqual(await ranked({ d1: 0.5 }), ['d1', 'd3', 'd2', 'd4']);
        assert.deepEqual(await ranked({ sto_2: 0.5, d2: 1 }), ['d2', 'd3', 'd1', 'd4']);
        assert.deepEqual(await ranked({ sto_4: 1, d5: 1 }), ['d3', 'd2', 'd1', 'd4']);
        assert.deepEqual(await ranked({ sto_4: 1 }, 0), ['d3', 'd2', 'd1', 'd4']);
        assert.equal((await ranked({ sto_4: 1 }, 0.9))[0], 'd4');
      }),
    );

    test(
      'many replacements do not wear it out',
      withEngine(async (engine) => {
        for (let version = 1; version <= 30; version++)
          await put(
            engine,
            Array.from({ length: 100 }, (_, i) => ({ id: `d${i}`, title: `lamp v${version}`, version })),
          );
        assert.equal((await engine.search('bazaar', queryOf('v30'))).total, 100);
        assert.equal((await engine.search('bazaar', queryOf('v29'))).total, 0);
      }),
    );
  });
}
