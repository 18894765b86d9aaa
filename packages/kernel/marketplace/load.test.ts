import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Fault } from '../errors.ts';
import { attributesOf, findCategoryPath, flattenCategories, kindsOf } from './category.ts';
import { loadMarketplaces, MarketplaceMistakes } from './load.ts';
import { publicSettings } from './public.ts';

const SHIPPED = fileURLToPath(new URL('../../../marketplaces/', import.meta.url));

/** A copy of Bazaar under another name in a folder of its own, after `change` to one of its files. */
function copyOfBazaar(id: string, change?: { file: string; from: string | RegExp; to: string }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'plaza-marketplaces-'));
  cpSync(path.join(SHIPPED, 'bazaar'), path.join(folder, id), { recursive: true });
  if (change) {
    const file = path.join(folder, id, change.file);
    const text = readFileSync(file, 'utf8');
    assert.ok(text.search(change.from) >= 0, `nothing to change: ${change.from}`);
    writeFileSync(file, text.replace(change.from, change.to));
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

function mistakesIn(folder: string) {
  try {
    loadMarketplaces(folder);
  } catch (error) {
    assert.ok(error instanceof MarketplaceMistakes, String(error));
    return error.mistakes;
  }
  return [];
}

describe('the shipped marketplaces', () => {
  const marketplaces = loadMarketplaces(SHIPPED);

  test('are the four of the design, each in its own language and money', () => {
    assert.deepEqual(
      marketplaces.list().map(({ id, locales, currency }) => [id, locales[0], currency]),
      [
        ['bazaar', 'en', 'USD'],
        ['gamarriando', 'es', 'MXN'],
        ['jaikod', 'th', 'THB'],
        ['temuhash', 'en', 'USD'],
      ],
    );
  });

  test('know words that mean the same, in their first language', () => {
    for (const { id, search, locales } of marketplaces.list()) {
      assert.ok(search.synonyms.length >= 10, id);
      const isThai = search.synonyms.some((set) => set.some((word) => /\p{Script=Thai}/u.test(word)));
      assert.equal(isThai, locales[0] === 'th', id);
    }
  });

  test('have 8 to 14 top categories, and every leaf has attributes', () => {
    for (const { categories, listingKinds } of marketplaces.list()) {
      assert.ok(categories.length >= 8 && categories.length <= 14);
      for (const leaf of flattenCategories(categories).filter(({ children }) => children.length === 0)) {
        assert.ok(attributesOf(categories, leaf.id).length > 0, leaf.id);
        assert.ok(kindsOf(categories, leaf.id, listingKinds).length > 0, leaf.id);
      }
    }
  });

  test('have places that people look near, but for the one that sells files', () => {
    const counts = marketplaces.list().map(({ id, places }) => [id, places.length > 0]);
    assert.deepEqual(counts, [
      ['bazaar', true],
      ['gamarriando', true],
      ['jaikod', true],
      ['temuhash', false],
    ]);
    const provinces = marketplaces.get('jaikod').places.filter(({ region }) => region.length === 0);
    assert.equal(provinces.length, 77);
  });

  test('are found by host, with or without a port, and unknown hosts find nothing', () => {
    assert.equal(marketplaces.find('jaikod.localhost:3000')?.id, 'jaikod');
    assert.equal(marketplaces.find('TemuHash.example.com')?.id, 'temuhash');
    assert.equal(marketplaces.find('localhost:3000'), undefined);
  });

  test('an unknown id is MARKETPLACE_UNKNOWN', () => {
    assert.throws(
      () => marketplaces.get('souk'),
      (error) => error instanceof Fault && error.code === 'MARKETPLACE_UNKNOWN',
    );
  });

  test('show the public plain JSON in one language, without commission or senders', () => {
    const thai = publicSettings(marketplaces.get('jaikod'), 'th');
    assert.deepEqual(JSON.parse(JSON.stringify(thai)), thai);
    assert.equal(thai.name, 'ใจกด');
    assert.equal(thai.conditions[0]?.label, 'ของใหม่');
    assert.ok(!('commission' in thai) && !('notifications' in thai));
    const phones = thai.categories.find(({ id }) => id === 'phones');
    const smartphones = phones?.children.find(({ id }) => id === 'smartphones');
    assert.ok(smartphones?.attributes.some(({ key, label }) => key === 'brand' && label === 'ยี่ห้อ'));
    assert.equal(publicSettings(marketplaces.get('jaikod'), 'ja').locale, 'th');
  });
});

describe('a fifth marketplace', () => {
  test('needs a folder and no code', () => {
    using copy = copyOfBazaar('souk');
    const souk = loadMarketplaces(copy.folder).get('souk');
    assert.equal(souk.id, 'souk');
    assert.deepEqual(
      findCategoryPath(souk.categories, 'phones')?.map(({ id }) => id),
      ['electronics', 'phones'],
    );
    assert.equal(souk.policies.find(({ name }) => name === 'returns')?.title.ja, '返品・返金');
    assert.equal(loadMarketplaces(copy.folder).folderOf('souk'), path.join(copy.folder, 'souk'));
  });

  const cases: { what: string; file: string; from: string | RegExp; to: string; at: string; says: RegExp }[] = [
    {
      what: 'a currency that does not exist',
      file: 'marketplace.yaml',
      from: 'currency: USD',
      to: 'currency: DOUBLOON',
      at: 'currency',
      says: /USD/,
    },
    {
      what: 'a setting misspelled',
      file: 'marketplace.yaml',
      from: 'supportEmail:',
      to: 'suportEmail:',
      at: '',
      says: /suportEmail/,
    },
    {
      what: 'a text that lacks a language',
      file: 'marketplace.yaml',
      from: ', ja: バザール',
      to: '',
      at: 'name',
      says: /ja/,
    },
    {
      what: 'a color nobody can read',
      file: 'theme.yaml',
      from: "textMuted: '#565d67'",
      to: "textMuted: '#aaaaaa'",
      at: '',
      says: /textMuted on background has contrast \d/,
    },
    {
      what: 'a tax on a category that is not there',
      file: 'marketplace.yaml',
      from: 'kind: digital, rateBp',
      to: 'category: spaceships, rateBp',
      at: 'commission[0].category',
      says: /spaceships/,
    },
    {
      what: 'a word file that is missing a word',
      file: 'words/th.yaml',
      from: /^cart: .*$/m,
      to: '',
      at: 'cart',
      says: /string/,
    },
    {
      what: 'a category given twice',
      file: 'categories.yaml',
      from: 'id: computers',
      to: 'id: phones',
      at: 'phones',
      says: /no other category/,
    },
    {
      what: 'an enumeration without options',
      file: 'categories.yaml',
      from: 'key: wireless, label: { en: Wireless, th: ไร้สาย, ja: ワイヤレス }, type: boolean',
      to: 'key: wireless, label: { en: Wireless, th: ไร้สาย, ja: ワイヤレス }, type: enum',
      at: 'categories[0].children[2].attributes[0].options',
      says: /must be given/,
    },
    {
      what: 'a place off the globe',
      file: 'places.yaml',
      from: 'latitude: 45.52',
      to: 'latitude: 145.52',
      at: 'places[0].latitude',
      says: /90/,
    },
    {
      what: 'a place given twice',
      file: 'places.yaml',
      from: 'id: seattle',
      to: 'id: portland',
      at: 'places',
      says: /"portland" is repeated/,
    },
    {
      what: 'broken YAML',
      file: 'theme.yaml',
      from: 'radius: {',
      to: 'radius: {{',
      at: 'line ',
      says: /must be YAML/,
    },
  ];
  for (const { what, at, says, ...change } of cases) {
    test(`with ${what} is refused, naming file and place`, () => {
      using copy = copyOfBazaar('souk', change);
      const found = mistakesIn(copy.folder);
      const named = found.filter(({ file, path: place }) => file === `souk/${change.file}` && place.startsWith(at));
      assert.ok(
        named.some(({ detail }) => says.test(detail)),
        JSON.stringify(found),
      );
    });
  }

  test('shows all its mistakes at once', () => {
    using copy = copyOfBazaar('souk', { file: 'marketplace.yaml', from: 'currency: USD', to: 'currency: 5' });
    rmSync(path.join(copy.folder, 'souk', 'theme.yaml'));
    rmSync(path.join(copy.folder, 'souk', 'words', 'ja.yaml'));
    mkdirSync(path.join(copy.folder, 'Bad Name'));
    const files = new Set(mistakesIn(copy.folder).map(({ file }) => file));
    for (const file of ['souk/marketplace.yaml', 'souk/theme.yaml', 'Bad Name/categories.yaml', 'Bad Name'])
      assert.ok(files.has(file), `${file} not in ${[...files]}`);
  });
});
