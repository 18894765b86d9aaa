import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, isDocumented, ROUTED } from './support/calls.ts';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { buy, offer, openShop, type Shop, withEveryRole } from './support/shop.ts';

let plaza: Plaza;
let reader: Shop;

before(async () => {
  plaza = await startPlaza();
  reader = await withEveryRole(plaza, 'bazaar', await openShop(plaza, 'bazaar'));
  const { variantId } = await offer(plaza, 'bazaar', await openShop(plaza, 'bazaar'));
  await buy(reader.client, variantId);
});
after(() => plaza[Symbol.asyncDispose]());

const UUID = '0199f86d-0000-7000-8000-000000000000';
const LARGE = Number.MAX_SAFE_INTEGER;

/** The keys of places in lists that nobody has been to. */
const PLACES = [
  ...[[UUID], [UUID, LARGE], ['0000-01-01T00:00:00Z', UUID], ['9999-12-31T23:59:59Z', UUID], ['query', 'a\0b']],
  ...[[LARGE], [-1], [1.5], [1e300], [LARGE, UUID], [-1, UUID], [1.5, UUID], [5, UUID]],
  ...[
    [LARGE, LARGE],
    [LARGE, LARGE, LARGE],
    [-LARGE, -LARGE, -LARGE],
    [0, 0, UUID],
    [1.5, 2.5, 'a text'],
    [1, 1, '\ud800'],
  ],
  ...[[], [[]], {}, null],
];

test('no list takes a cursor that somebody made up for a failure of its own', async () => {
  const lists = ROUTED.filter(({ operation }) => 'cursor' in ((operation.input as { shape?: object }).shape ?? {}));
  assert.ok(lists.length > 50, 'of a list is asked by page');
  const caller = { marketplace: 'bazaar', token: reader.token };
  for (const list of lists) {
    const example = list.operation.example.input as Record<string, unknown>;
    const input = 'storeId' in example ? { ...example, storeId: reader.storeId } : example;
    for (const place of PLACES) {
      const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
      const answer = await call(plaza, list, { ...input, cursor }, caller);
      assert.ok(
        isDocumented(list, answer),
        `${list.name} behind ${JSON.stringify(place)}: ${answer.status} ${answer.text}`,
      );
    }
  }
  assert.deepEqual(plaza.faults(), []);
});
