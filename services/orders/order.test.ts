import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Fault, newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { ADDRESS, listingOf, startBuying } from './testing/buying-host.ts';
import { availableMinor, freeOf, holdOf, refusedWith, sell, settle } from './testing/sold.ts';

const TRACKING = { carrier: 'UPS', trackingNumber: '1Z999' };
const actionsOf = (entries: readonly { action: string }[] | undefined) => entries?.map(({ action }) => action);

for (const binding of BINDINGS) {
  describe(`orders, ${binding}`, () => {
    test('shipped, delivered, accepted: the seller is paid, and both sides read the same story', async () => {
      await using buying = await startBuying({ binding });
      const { orders, seller } = buying;
      const { buyer, order, orderId, groupId } = await sell(buying);
      assert.deepEqual([order.groups[0]?.state, order.total.amountMinor], ['paid', 5100]);
      assert.deepEqual(
        order.groups[0]?.actions.map(({ name, asks, isDestructive }) => [name, asks, isDestructive]),
        [['cancel', ['reason'], true]],
      );
      const missing = orders.shipOrder({ orderId, carrier: 'UPS' }, seller);
      await assert.rejects(missing, (error: Fault) => {
        assert.ok(refusedWith('INVALID_INPUT')(error));
        assert.deepEqual(
          error.errors?.map(({ pointer }) => pointer),
          ['/trackingNumber'],
        );
        return true;
      });
      const shipped = await orders.shipOrder({ orderId, groupId, ...TRACKING }, seller);
      assert.deepEqual([shipped.groups[0]?.state, shipped.groups[0]?.carrier], ['shipped', 'UPS']);
      assert.equal((await orders.deliverOrder({ orderId }, seller)).groups[0]?.state, 'delivered');
      assert.equal((await holdOf(buying, orderId)).state, 'held');
      const done = await orders.confirmReceipt({ orderId }, buyer);
      assert.deepEqual(
        [done.groups[0]?.state, done.groups[0]?.isFinal, done.groups[0]?.actions],
        ['completed', true, []],
      );
      await settle(buying);
      const [seen, sold] = [await orders.getOrder({ orderId }, buyer), await orders.getOrder({ orderId }, seller)];
      const hold = await holdOf(buying, orderId);
      assert.deepEqual([hold.state, hold.sellerMinor], ['released', sold.groups[0]?.earnings?.amountMinor]);
      assert.equal(await availableMinor(buying), 5100 - 225);
      assert.deepEqual(actionsOf(seen.groups[0]?.timeline), ['placed', 'ship', 'deliver', 'accept']);
      assert.deepEqual(seen.groups[0]?.timeline, sold.groups[0]?.timeline);
      assert.deepEqual(seen.groups[0]?.timeline[1]?.details, TRACKING);
      // What is only the buyer's, and what is only the seller's.
      assert.deepEqual([seen.email, sold.email, sold.payment], ['ada@example.com', null, null]);
      assert.deepEqual([seen.groups[0]?.earnings, sold.address], [undefined, seen.address]);
      assert.equal(seen.address?.line1, ADDRESS.line1);
    });

    test('what the process does not allow is refused, with what it does', async () => {
      await using buying = await startBuying({ binding });
      const { orders, seller } = buying;
      const { buyer, orderId } = await sell(buying);
      await assert.rejects(orders.shipOrder({ orderId, ...TRACKING }, buyer), (error: Fault) => {
        assert.ok(refusedWith('ACTION_NOT_ALLOWED')(error));
        assert.deepEqual(error.data, { state: 'paid', action: 'ship', available: ['cancel'] });
        return true;
      });
      const refused = (action: string, by = seller) =>
        assert.rejects(orders.takeOrderAction({ orderId, action, reason: 'x' }, by), refusedWith('ACTION_NOT_ALLOWED'));
      for (const action of ['deliver', 'complete', 'expire', 'fly', '__proto__']) await refused(action);
      await orders.shipOrder({ orderId, ...TRACKING }, seller);
      await refused('ship');
      await refused('cancel', buyer);
      await refused('assumeDelivered', buyer);
      assert.equal((await orders.getOrder({ orderId }, buyer)).groups[0]?.timeline.length, 2);
    });

    test('canceled: all of the money goes back, and the pieces onto the shelf', async () => {
      await using buying = await startBuying({ binding });
      const { orders } = buying;
      const { variantId } = await listingOf(buying, { onHand: 5 });
      const { buyer, orderId } = await sell(buying, { variantId, quantity: 2 });
      assert.equal(await freeOf(buying, variantId), 3);
      await assert.rejects(orders.cancelOrder({ orderId }, buyer), refusedWith('INVALID_INPUT'));
      const canceled = await orders.cancelOrder({ orderId, reason: 'changed my mind' }, buyer);
      assert.deepEqual([canceled.groups[0]?.state, canceled.refunded], ['canceled', canceled.total]);
      await settle(buying);
      const hold = await holdOf(buying, orderId);
      assert.deepEqual([hold.state, hold.refundedMinor, hold.sellerMinor], ['refunded', 9000, 0]);
      assert.equal(await freeOf(buying, variantId), 5);
      assert.equal(await availableMinor(buying), 0);
    });

    test('refunds in parts never exceed what was paid, also at once; canceling gives the rest', async () => {
      await using buying = await startBuying({ binding });
      const { orders, seller, host } = buying;
      const { buyer, orderId, groupId, variantId } = await sell(buying);
      const refund = (amountMinor: number, by = seller) =>
        orders.refundOrder({ orderId, groupId, amountMinor, reason: 'a scratch' }, by);
      await assert.rejects(refund(100, host.context({ roles: ['buyer', 'seller'] })), refusedWith('ORDER_NOT_FOUND'));
      assert.ok(buyer.actor.kind === 'member');
      await assert.rejects(
        refund(100, { ...buyer, actor: { ...buyer.actor, roles: ['buyer', 'seller'] } }),
        refusedWith('ORDER_NOT_FOUND'),
      );
      await assert.rejects(refund(5101), refusedWith('REFUND_TOO_LARGE'));
      const parts = await Promise.allSettled(Array.from({ length: 6 }, () => refund(1000)));
      assert.equal(parts.filter(({ status }) => status === 'fulfilled').length, 5);
      for (const part of parts) if (part.status === 'rejected') assert.ok(refusedWith('REFUND_TOO_LARGE')(part.reason));
      await settle(buying);
      const refunding = await holdOf(buying, orderId);
      const [sold] = (await orders.getOrder({ orderId }, seller)).groups;
      assert.deepEqual([refunding.refundedMinor, refunding.sellerMinor], [5000, sold?.earnings?.amountMinor]);
      assert.equal(sold?.commission?.amountMinor, 100 - refunding.sellerMinor);
      await orders.cancelOrder({ orderId, reason: 'broken' }, buyer);
      await settle(buying);
      const hold = await holdOf(buying, orderId);
      assert.deepEqual([hold.state, hold.refundedMinor], ['refunded', 5100]);
      assert.equal(await freeOf(buying, variantId), 10);
      await assert.rejects(refund(1), refusedWith('REFUND_TOO_LARGE'));
      const { refunded, total, groups } = await orders.getOrder({ orderId }, buyer);
      assert.deepEqual(refunded, total);
      assert.equal((await orders.getOrder({ orderId }, seller)).groups[0]?.earnings?.amountMinor, 0);
      assert.equal(actionsOf(groups[0]?.timeline)?.filter((action) => action === 'refunded').length, 5);
    });

    test('all of it refunded in parts, it still can be canceled or completed, and nothing more is paid', async () => {
      await using buying = await startBuying({ binding });
      const { orders, seller } = buying;
      const canceled = await sell(buying);
      const completed = await sell(buying);
      for (const { orderId, groupId } of [canceled, completed])
        await orders.refundOrder({ orderId, groupId, amountMinor: 5100, reason: 'lost' }, seller);
      await settle(buying);
      await orders.cancelOrder({ orderId: canceled.orderId, reason: 'lost' }, seller);
      const { orderId } = completed;
      await orders.shipOrder({ orderId, ...TRACKING }, seller);
      await orders.deliverOrder({ orderId }, seller);
      await orders.confirmReceipt({ orderId }, completed.buyer);
      await settle(buying);
      assert.equal(await freeOf(buying, canceled.variantId), 10, 'restocked after a refund of nothing');
      assert.equal(await availableMinor(buying), 0);
      for (const each of [canceled, completed]) assert.equal((await holdOf(buying, each.orderId)).refundedMinor, 5100);
    });

    test('somebody else’s order does not exist: not for buyers, sellers, guests or other marketplaces', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, seller, storeId } = buying;
      const { buyer, orderId, groupId } = await sell(buying);
      const strangers = [
        host.context(),
        host.context({ roles: ['buyer', 'seller'] }),
        host.guest(),
        { ...buyer, marketplaceId: 'jaikod' },
        { ...seller, marketplaceId: 'jaikod' },
      ];
      for (const stranger of strangers) {
        const results = await Promise.allSettled([
          orders.getOrder({ orderId }, stranger),
          orders.takeOrderAction({ orderId, groupId, action: 'cancel', reason: 'x' }, stranger),
          orders.listOrderLicenses({ orderId }, stranger),
        ]);
        for (const result of results)
          assert.ok(result.status === 'rejected' && refusedWith('ORDER_NOT_FOUND')(result.reason));
      }
      const other = await sell(buying);
      const mixed = orders.cancelOrder({ orderId: other.orderId, groupId, reason: 'x' }, buyer);
      await assert.rejects(mixed, refusedWith('ORDER_NOT_FOUND'));
      const swapped = orders.cancelOrder({ orderId, groupId: newId('shipmentGroup'), reason: 'x' }, buyer);
      await assert.rejects(swapped, refusedWith('ORDER_NOT_FOUND'));
      const stranger = host.context({ roles: ['buyer', 'seller'] });
      assert.deepEqual((await orders.listSales({ storeId }, stranger)).items, []);
      assert.deepEqual((await orders.listOrders({}, stranger)).items, []);
      await assert.rejects(orders.listAllOrders({}, seller), refusedWith('FORBIDDEN'));
      assert.equal((await orders.getOrder({ orderId }, buyer)).groups[0]?.state, 'paid');
    });

    test('lists: the buyer’s purchases, the store’s open sales, the operator’s search by number', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, seller, storeId } = buying;
      const first = await sell(buying);
      const second = await sell(buying, { buyer: first.buyer });
      const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
      assert.deepEqual(ids(await orders.listOrders({}, first.buyer)), [second.orderId, first.orderId]);
      const page = await orders.listOrders({ limit: 1 }, first.buyer);
      assert.ok(page.nextCursor);
      assert.deepEqual(ids(await orders.listOrders({ limit: 1, cursor: page.nextCursor }, first.buyer)), [
        first.orderId,
      ]);
      await orders.cancelOrder({ orderId: first.orderId, reason: 'sold out' }, seller);
      const open = await orders.listSales({ storeId, isOpen: true }, seller);
      assert.deepEqual(
        [ids(open), open.items[0]?.groupId, open.items[0]?.needsAction],
        [[second.orderId], second.groupId, true],
      );
      assert.equal((await orders.listSales({ storeId }, seller)).items.length, 2);
      const admin = host.context({ roles: ['admin'] });
      assert.deepEqual(ids(await orders.listAllOrders({ number: first.order.number }, admin)), [first.orderId]);
      const byIds = { orderId: [first.orderId, newId('order')] };
      assert.deepEqual(ids(await orders.listAllOrders(byIds, admin)), [first.orderId]);
      assert.deepEqual(ids(await orders.listAllOrders(byIds, { ...admin, marketplaceId: 'jaikod' })), []);
    });

    test('reading orders takes as many statements for many as for one', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, seller, storeId } = buying;
      const buyer = host.context();
      const admin = host.context({ roles: ['admin'] });
      const { orderId } = await sell(buying, { buyer });
      const sold = [orderId];
      const reads = [
        () => orders.getOrder({ orderId }, buyer),
        () => orders.listOrders({}, buyer),
        () => orders.listSales({ storeId }, seller),
        () => orders.listAllOrders({ orderId: sold }, admin),
      ];
      const count = async () => {
        const counted: number[] = [];
        for (const read of reads) counted.push(await host.countStatements(read));
        return counted;
      };
      await count();
      const forOne = await count();
      for (let more = 0; more < 4; more++) sold.push((await sell(buying, { buyer })).orderId);
      assert.deepEqual(await count(), forOne);
      assert.ok(Math.max(...forOne) <= 2, `${forOne} statements`);
    });
  });
}
