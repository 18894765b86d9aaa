import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idFromUuid, newUuid } from '@plaza/kernel';
import { pageOfMatches } from './look-matches.ts';

const ids = Array.from({ length: 6 }, () => newUuid()).sort();
/** Two of the same picture, and four of which two are as alike as each other. */
const MATCHES = ids.map((listingId, i) => ({
  listingId,
  storeId: '',
  isSamePicture: i < 2,
  similarity: [0.9, 0.8, 0.95, 0.7, 0.7, 0.6][i] as number,
}));

/** Pages of two, one match of which goes off sale between two pages. */
async function read(gone: string | undefined) {
  let matches = MATCHES;
  const dependencies = {
    marketplaces: { get: () => ({}) },
    engine: {
      cards: async (_: string, asked: readonly string[]) =>
        asked.map((id) => JSON.stringify({ id, categoryId: 'any', price: { amountMinor: 1 } })),
    },
  } as unknown as Parameters<typeof pageOfMatches>[0];
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await pageOfMatches(dependencies, 'bazaar', { matches, model: 'm' }, { limit: 2, cursor });
    seen.push(...page.items.map(({ listing }) => listing.id));
    cursor = page.nextCursor;
    matches = matches.filter(({ listingId }) => listingId !== gone);
  }
  return seen;
}

const listings = ids.map((id) => idFromUuid('listing', id));

test('pages of what looks alike go through all of it, each once, what is as alike too', async () => {
  assert.deepEqual(await read(undefined), listings);
});

test('what goes off sale after it was shown takes nothing else from the reader', async () => {
  assert.deepEqual(await read(ids[0]), listings);
  assert.deepEqual(await read(ids[1]), listings);
});
