import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPayoutAccount } from '@plaza/payments/testing';
import { startBuying } from './testing/buying-host.ts';
import { sellOnJaikod } from './testing/escrow-sale.ts';
import { refusedWith, settle } from './testing/sold.ts';

const ACCOUNT = { kind: 'thai_bank', bankCode: '014', accountNumber: '1234567890' } as const;

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
  await openPayoutAccount(payments, seller, storeId, { account: ACCOUNT, currency: 'THB' });
  const payout = { storeId, amount: { amountMinor: earned, currency: 'THB' as const } };
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
  await settle(buying);
  host.advance({ minutes: 5 });
  await settle(buying);
  assert.deepEqual(await balance(), [0, 0, 0]);
  assert.deepEqual(
    (await payments.listPayouts({ storeId }, seller)).items.map(({ state, amount }) => [state, amount.amountMinor]),
    [['paid', earned]],
  );
  assert.deepEqual((await payments.checkLedger({}, inJaikod)).mismatches, []);
});
