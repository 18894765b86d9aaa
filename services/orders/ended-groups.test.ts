import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BINDINGS } from '@plaza/runtime/testing';
import { startBuying } from './testing/buying-host.ts';
import { refusedWith, sell } from './testing/sold.ts';

const TRACKING = { carrier: 'UPS', trackingNumber: '1Z999' };

for (const binding of BINDINGS) {
  describe(`groups that have ended, ${binding}`, () => {
    test('are told to services, page by page or of one order, with who bought them and what was paid', async () => {
      await using buying = await startBuying({ binding });
      const { orders, seller, host, storeId } = buying;
      const kept = await sell(buying);
      const returned = await sell(buying);
      await sell(buying);
      await orders.shipOrder({ orderId: kept.orderId, ...TRACKING }, seller);
      await orders.confirmReceipt({ orderId: kept.orderId }, kept.buyer);
      await orders.confirmReceipt({ orderId: kept.orderId }, kept.buyer);
      await orders.cancelOrder({ orderId: returned.orderId, reason: 'changed my mind' }, returned.buyer);

      const service = host.service();
      const first = await orders.listEndedGroups({ limit: 1 }, service);
      const { cursor } = { cursor: first.nextCursor ?? '' };
      const second = await orders.listEndedGroups({ limit: 1, cursor }, service);
      assert.equal(second.nextCursor, null);
      assert.deepEqual(
        [...first.items, ...second.items].map(({ orderId, state, released }) => [orderId, state, released.amountMinor]),
        [
          [kept.orderId, 'completed', 5100],
          [returned.orderId, 'canceled', 0],
        ],
      );
      const [group] = first.items;
      assert.ok(kept.buyer.actor.kind === 'member' && seller.actor.kind === 'member');
      assert.deepEqual(
        [group?.buyerMemberId, group?.sellerMemberId, group?.storeId, group?.id],
        [kept.buyer.actor.memberId, seller.actor.memberId, storeId, kept.groupId],
      );
      const { items } = await orders.listEndedGroups({ orderId: returned.orderId }, service);
      assert.deepEqual(
        items.map(({ id }) => id),
        [returned.groupId],
      );
      await assert.rejects(orders.listEndedGroups({}, seller), refusedWith('FORBIDDEN'));
    });
  });
}
