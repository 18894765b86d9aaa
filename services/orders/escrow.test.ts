import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, type BuyingHost, startBuying } from './testing/buying-host.ts';
import { refusedWith, settle } from './testing/sold.ts';

const PRICE = { amountMinor: 200_000, currency: 'THB' as const };
const DESTINATION = { bankName: 'Siam Bank', holderName: 'Somchai Jaidee', accountNumber: '000123456789' };

/** A used lamp that one person sold another on JaiKod: paid, its money held. */
async function sellOnJaikod(buying: BuyingHost) {
  const { host, catalog, orders } = buying;
  const marketplaceId = 'jaikod';
  const seller = host.context({ roles: ['buyer', 'seller'], marketplaceId });
  const buyer = host.context({ marketplaceId });
  const { id: storeId } = await catalog.createStore({ name: 'Old Light' }, seller);
  const draft = await catalog.createListing(
    {
      storeId,
      title: 'Vintage lamp',
      categoryId: 'home',
      attributes: {},
      condition: 'good',
      variants: [{ price: PRICE, onHand: 1 }],
    },
    seller,
  );
  const { variants } = await catalog.publishListing({ listingId: draft.id }, seller);
  const variantId = variants[0]?.id;
  assert.ok(variantId);
  const checkout = await orders.createCheckout(
    {
      buyNow: { variantId, quantity: 1 },
      email: 'ada@example.com',
      address: { ...ADDRESS, phone: '+66 81 234 5678', city: 'Bangkok', postalCode: '10110', countryCode: 'TH' },
      payment: { methodId: 'simulated-card', token: 'pm_card_visa' },
    },
    buyer,
  );
  const { orderId } = await orders.completeCheckout({ checkoutId: checkout.id }, buyer);
  assert.ok(orderId);
  return { ...buying, seller, buyer, storeId, variantId, orderId };
}

test('escrow: held until the time to object has passed after it was sent, then released, then paid out', async () => {
  await using buying = await startBuying();
  const sale = await sellOnJaikod(buying);
  const { host, orders, payments, seller, buyer, storeId, orderId } = sale;
  const inJaikod = host.service({ marketplaceId: 'jaikod' });
  const holdState = async () => (await payments.listHolds({ orderId }, inJaikod)).items.map(({ state }) => state);
  const stateOf = async () => (await orders.getOrder({ orderId }, buyer)).groups.map(({ state }) => state);
  const balance = async () => {
    const [home] = (await payments.getBalance({ storeId }, seller)).balances;
    return [home?.pendingMinor, home?.availableMinor, home?.inTransitMinor];
  };

  // Paid: all of it is held, and none of it is the seller's yet.
  const [group] = (await orders.getOrder({ orderId }, seller)).groups;
  const [earned, total] = [group?.earnings?.amountMinor ?? 0, group?.total.amountMinor ?? 0];
  assert.equal(earned, total - 6000 - 420, 'less 3 % commission and 7 % tax on it');
  assert.deepEqual([group?.state, await holdState()], ['paid', ['held']]);
  assert.deepEqual(await balance(), [total, 0, 0]);
  const payout = { storeId, amount: { amountMinor: earned, currency: 'THB' as const }, destination: DESTINATION };
  await assert.rejects(payments.requestPayout(payout, seller), refusedWith('BALANCE_TOO_LOW'));

  // Handed over: the buyer has three days to say that something is wrong.
  await orders.takeOrderAction({ orderId, action: 'handOver' }, seller);
  host.advance({ hours: 71 });
  await settle(buying);
  assert.deepEqual([await stateOf(), await holdState()], [['shipped'], ['held']]);
  host.advance({ hours: 2 });
  await settle(buying);
  await settle(buying);
  assert.deepEqual([await stateOf(), await holdState()], [['completed'], ['released']]);
  assert.deepEqual(await balance(), [0, earned, 0]);
  await assert.rejects(
    orders.takeOrderAction({ orderId, action: 'dispute', reason: 'late' }, buyer),
    refusedWith('ACTION_NOT_ALLOWED'),
  );

  // Paid out: on its way at once, at the bank after a while; the books of the marketplace agree.
  await payments.requestPayout(payout, seller);
  assert.deepEqual(await balance(), [0, 0, earned]);
  host.advance({ minutes: 5 });
  await settle(buying);
  assert.deepEqual(await balance(), [0, 0, 0]);
  assert.deepEqual(
    (await payments.listPayouts({ storeId }, seller)).items.map(({ state, amount }) => [state, amount.amountMinor]),
    [['paid', earned]],
  );
  assert.deepEqual((await payments.checkLedger({}, inJaikod)).mismatches, []);
});

test('escrow: who objects in time stops the clock, and an operator rules', async () => {
  await using buying = await startBuying();
  const { host, orders, payments, seller, buyer, storeId, orderId } = await sellOnJaikod(buying);
  const operator = host.context({ roles: ['moderator'], marketplaceId: 'jaikod' });
  await orders.takeOrderAction({ orderId, action: 'handOver' }, seller);
  host.advance({ hours: 71 });
  await orders.takeOrderAction({ orderId, action: 'dispute', reason: 'It does not shine.' }, buyer);
  host.advance({ days: 30 });
  await settle(buying);
  const [disputed] = (await orders.getOrder({ orderId }, buyer)).groups;
  assert.deepEqual([disputed?.state, disputed?.dueTime], ['disputed', null]);
  await orders.takeOrderAction({ orderId, action: 'ruleForBuyer', reason: 'It is broken.' }, operator);
  await settle(buying);
  const { refunded, total, groups } = await orders.getOrder({ orderId }, seller);
  assert.deepEqual([refunded, groups[0]?.state, groups[0]?.earnings?.amountMinor], [total, 'canceled', 0]);
  const [home] = (await payments.getBalance({ storeId }, seller)).balances;
  assert.deepEqual([home?.pendingMinor, home?.availableMinor], [0, 0]);
});
