import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleDocument, SearchDocument } from '@plaza/catalog/contract';
import { newsAmong } from './listing-news.ts';

const priced = (version: number, amountMinor: number, state: 'published' | 'paused' = 'published') =>
  SearchDocument.parse({ ...exampleDocument, version, state, price: { amountMinor, currency: 'USD' } });
const told = (...parameters: Parameters<typeof newsAmong>) =>
  newsAmong(...parameters).map(({ kind, priceBeforeMinor, document }) => [
    kind,
    priceBeforeMinor,
    document.price.amountMinor,
  ]);

test('the first document of a listing is news, then each lower price than the last', () => {
  const documents = [priced(3, 80), priced(1, 100), priced(2, 100), priced(5, 70), priced(4, 90)];
  assert.deepEqual(told(documents, new Map()), [
    ['new', null, 100],
    ['price_drop', 100, 80],
    ['price_drop', 90, 70],
  ]);
});

test('what is known already, or cannot be bought, is no news', () => {
  const held = new Map([[priced(1, 1).id as string, { version: 3, priceMinor: 80 }]]);
  assert.deepEqual(told([priced(1, 100), priced(2, 50), priced(3, 80)], held), []);
  assert.deepEqual(told([priced(4, 40, 'paused')], held), []);
});
