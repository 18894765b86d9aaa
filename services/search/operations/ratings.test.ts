import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '@plaza/runtime';
import type { ApplyOptions, SearchEngine } from '../engine/engine.ts';
import { withRatings } from './ratings.ts';

test('what a rebuild says may wait, the engine with ratings hands on', async () => {
  const asked: (ApplyOptions | undefined)[] = [];
  const engine = {
    apply: async (_marketplaceId: string, _changes: unknown, options?: ApplyOptions) => {
      asked.push(options);
    },
  } as unknown as SearchEngine;
  const rated = withRatings({ database: {} as Database }, engine);
  const stock = { id: 'lst_1', stockVersion: 1, freeQuantity: 1, isInStock: true };
  const news = { kind: 'stock', stock } as const;
  await rated.apply('bazaar', [news], { mayWait: true });
  await rated.apply('bazaar', [news]);
  assert.deepEqual(asked, [{ mayWait: true }, undefined]);
});
