import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Id } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { ADDRESS, listingOf, startBuying } from './testing/buying-host.ts';
import { availableMinor, digitalListing, holdOf, refusedWith, sell, settle } from './testing/sold.ts';

for (const binding of BINDINGS) {
  describe(`licenses, ${binding}`, () => {
    test('issued with the order; the first download pays the seller, later ones only count', async () => {
      await using buying = await startBuying({ binding });
      const { orders } = buying;
      const { buyer, orderId, group } = await sell(buying, { variantId: await digitalListing(buying) });
      assert.deepEqual([group.state, group.process, group.shipping.amountMinor], ['licensed', 'instant-digital', 0]);
      const { items } = await orders.listLicenses({}, buyer);
      const [license] = items;
      assert.ok(license);
      assert.match(license.key, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
      assert.deepEqual([license.state, license.orderId, license.downloadCount], ['active', orderId, 0]);
      assert.deepEqual((await orders.listOrderLicenses({ orderId }, buyer)).items, items);
      const { files, version } = await orders.createDownload({ licenseId: license.id }, buyer);
      assert.deepEqual([version, files.map(({ filename }) => filename)], ['1.0', ['chair.txt']]);
      await Promise.all([1, 2, 3].map(() => orders.createDownload({ licenseId: license.id }, buyer)));
      await settle(buying);
      const after = await orders.getOrder({ orderId }, buyer);
      assert.deepEqual(
        after.groups[0]?.timeline.map(({ action }) => action),
        ['placed', 'download'],
      );
      assert.equal((await orders.listLicenses({}, buyer)).items[0]?.downloadCount, 4);
      assert.equal((await holdOf(buying, orderId)).state, 'released');
      assert.equal(await availableMinor(buying), 1800);
    });

    test('two downloads at once for the first time confirm it once', async () => {
      await using buying = await startBuying({ binding });
      const { orders } = buying;
      const { buyer, orderId } = await sell(buying, { variantId: await digitalListing(buying) });
      const licenseId = (await orders.listLicenses({}, buyer)).items[0]?.id as Id<'license'>;
      await Promise.all(Array.from({ length: 5 }, () => orders.createDownload({ licenseId }, buyer)));
      await settle(buying);
      assert.equal((await orders.getOrder({ orderId }, buyer)).groups[0]?.timeline.length, 2);
      assert.equal(await availableMinor(buying), 1800);
    });

    test('refunded, the license is revoked and downloads nothing', async () => {
      await using buying = await startBuying({ binding });
      const { orders, seller } = buying;
      const { buyer, orderId } = await sell(buying, { variantId: await digitalListing(buying) });
      const licenseId = (await orders.listLicenses({}, buyer)).items[0]?.id as Id<'license'>;
      const refund = { orderId, action: 'refund', reason: 'does not open' };
      await assert.rejects(orders.takeOrderAction(refund, buyer), refusedWith('ACTION_NOT_ALLOWED'));
      await orders.takeOrderAction(refund, seller);
      await settle(buying);
      assert.equal((await orders.listLicenses({}, buyer)).items[0]?.state, 'revoked');
      await assert.rejects(orders.createDownload({ licenseId }, buyer), refusedWith('LICENSE_REVOKED'));
      const hold = await holdOf(buying, orderId);
      assert.deepEqual([hold.state, hold.refundedMinor], ['refunded', 2000]);
    });

    test('nobody but the buyer has the license; a guest has it with the token of the order', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, seller } = buying;
      const variantId = await digitalListing(buying);
      const { buyer } = await sell(buying, { variantId });
      const licenseId = (await orders.listLicenses({}, buyer)).items[0]?.id as Id<'license'>;
      for (const other of [host.context(), host.guest(), seller, { ...buyer, marketplaceId: 'temuhash' }]) {
        await assert.rejects(orders.createDownload({ licenseId }, other), refusedWith('LICENSE_NOT_FOUND'));
      }
      assert.deepEqual((await orders.listLicenses({}, host.context())).items, []);
      const guest = host.guest();
      const bought = await sell(buying, { variantId, buyer: guest });
      const [own] = (await orders.listOrderLicenses({ orderId: bought.orderId }, guest)).items;
      assert.ok(own);
      assert.equal((await orders.createDownload({ licenseId: own.id }, guest)).files.length, 1);
      const sellers = orders.listOrderLicenses({ orderId: bought.orderId }, seller);
      await assert.rejects(sellers, refusedWith('ORDER_NOT_FOUND'));
    });
  });
}

test('without a download the clock completes it after the refund window; lamps have no license', async () => {
  await using buying = await startBuying();
  const { orders, host } = buying;
  const { buyer, orderId } = await sell(buying, { variantId: await digitalListing(buying) });
  host.advance({ hours: 335 });
  await settle(buying);
  assert.equal((await holdOf(buying, orderId)).state, 'held');
  host.advance({ hours: 2 });
  await settle(buying);
  assert.equal((await holdOf(buying, orderId)).state, 'released');
  const license = (await orders.listLicenses({}, buyer)).items[0];
  assert.equal(license?.state, 'active');
  const lamp = await sell(buying);
  assert.deepEqual((await orders.listOrderLicenses({ orderId: lamp.orderId }, lamp.buyer)).items, []);
});

test('a lamp and a file of one store are one shipment group: the file is licensed at once, and revoked with the group', async () => {
  await using buying = await startBuying();
  const { orders, host } = buying;
  const buyer = host.context();
  await orders.createCart({ variantId: await digitalListing(buying) }, buyer);
  const { variantId } = await listingOf(buying);
  const { id: cartId } = await orders.createCart({ variantId }, buyer);
  const { id: checkoutId } = await orders.createCheckout(
    {
      cartId,
      email: 'ada@example.com',
      address: ADDRESS,
      payment: { methodId: 'simulated-card', token: 'pm_card_visa' },
    },
    buyer,
  );
  const { orderId } = await orders.completeCheckout({ checkoutId }, buyer);
  assert.ok(orderId);
  const [license] = (await orders.listOrderLicenses({ orderId }, buyer)).items;
  assert.ok(license);
  await orders.createDownload({ licenseId: license.id }, buyer);
  assert.equal((await orders.getOrder({ orderId }, buyer)).groups[0]?.state, 'paid', 'a download does not ship a lamp');
  await orders.cancelOrder({ orderId, reason: 'too slow' }, buyer);
  await settle(buying);
  assert.equal((await orders.listOrderLicenses({ orderId }, buyer)).items[0]?.state, 'revoked');
});
