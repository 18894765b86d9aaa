import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WINDOW_MS } from '../domain/trend.ts';
import type { TrendBoard } from './board.ts';

/** What every board must do. `open` gives one that may be shared with others: each test counts in a marketplace of its own. */
export function describeBoard(name: string, open: () => Promise<TrendBoard>): void {
  describe(`the board of trends, ${name}`, async () => {
    const board = await open();
    after(() => board.close());
    const marketplace = () => `m${crypto.randomUUID()}`;
    const mark = (item: string, actorId: string, scope = 'listing') => ({ scope, item, actorId });

    test('counts an actor once for each thing and window, in one call or in many', async () => {
      const id = marketplace();
      const many = Array.from({ length: 1_200 }, (_, at) => mark('lamp', `a${at % 3}`));
      await board.count(id, 0, many);
      await board.count(id, 0, [mark('lamp', 'a1'), mark('hose', 'a1')]);
      await board.count(id, WINDOW_MS, [mark('lamp', 'a1')]);
      assert.deepEqual(await board.top(id, 0, 'listing', 10), [
        { item: 'lamp', people: 3 },
        { item: 'hose', people: 1 },
      ]);
      assert.deepEqual(await board.top(id, WINDOW_MS, 'listing', 10), [{ item: 'lamp', people: 1 }]);
      assert.deepEqual(await board.top(id, 0, 'listing', 1), [{ item: 'lamp', people: 3 }]);
    });

    test('keeps marketplaces and scopes apart', async () => {
      const [one, other] = [marketplace(), marketplace()];
      await board.count(one, 0, [mark('lamp', 'a'), mark('lamp', 'a', 'search'), mark('lamp', 'b', 'listing@Puebla')]);
      assert.deepEqual((await board.scopes(one, 0)).sort(), ['listing', 'listing@Puebla', 'search']);
      assert.deepEqual(await board.scopes(other, 0), []);
      assert.deepEqual(await board.top(other, 0, 'listing', 10), []);
      assert.deepEqual(await board.top(one, 0, 'search', 10), [{ item: 'lamp', people: 1 }]);
    });

    test('remembers what is usual, by scope and thing', async () => {
      const id = marketplace();
      const usual = { mean: 2.5, variance: 0.125, windowMs: 300_000 };
      await board.saveBaselines(id, 'listing', new Map([['lamp', usual]]));
      await board.saveBaselines(id, 'listing', new Map());
      assert.deepEqual([...(await board.baselines(id, 'listing', ['hose', 'lamp']))], [['lamp', usual]]);
      assert.equal((await board.baselines(id, 'search', ['lamp'])).size, 0);
      assert.equal((await board.baselines(id, 'listing', [])).size, 0);
    });
  });
}
