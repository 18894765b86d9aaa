import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { orderNumbers } from './order-numbers.ts';

describe('order numbers', () => {
  /** Answers for every order but counts how often it is asked. */
  function counting() {
    const asked: unknown[] = [];
    const client = {
      orders: {
        async listAllOrders(input: { orderId?: string[]; limit?: number }) {
          asked.push(input);
          const items = (input.orderId ?? []).map((id) => ({ id, number: `N-${id}` }));
          return { items, nextCursor: null };
        },
      },
    } as unknown as Parameters<typeof orderNumbers>[0];
    return { client, asked };
  }

  test('of a whole page are one request, each order named once', async () => {
    const { client, asked } = counting();
    const ids = Array.from({ length: 19 }, () => newId('order'));
    const numbers = await orderNumbers(client, [...ids, ids[0] as (typeof ids)[number], null]);
    assert.deepEqual(asked, [{ orderId: ids, limit: 19 }]);
    assert.deepEqual([...numbers.keys()], ids);
  });

  test('of a page without orders are none', async () => {
    const { client, asked } = counting();
    assert.equal((await orderNumbers(client, [null])).size, 0);
    assert.deepEqual(asked, []);
  });
});
