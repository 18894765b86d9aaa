import assert from 'node:assert/strict';
import { test } from 'node:test';
import { payingOutAtOnce } from './testing/payout-account.ts';
import { groupOf, sellerOf, startPayments, type TestPayments } from './testing/sale.ts';
import { StripeServer, stripeEnvironment } from './testing/stripe-host.ts';

const CONNECT = { routes: [{ provider: 'stripe-connect' }] };

async function startWithConnect() {
  const stripe = await StripeServer.start();
  const t = await startPayments('local', {
    environment: stripeEnvironment(stripe.url),
    marketplaces: (shipped) => {
      const atOnce = payingOutAtOnce(shipped);
      const connected = payingOutAtOnce(shipped, CONNECT);
      const choose = (id: string) => (id === 'bazaar' ? connected : atOnce).get(id);
      return { ...shipped, get: choose, list: () => shipped.list().map(({ id }) => choose(id)) };
    },
  });
  return {
    t,
    stripe,
    [Symbol.asyncDispose]: async () => {
      await t[Symbol.asyncDispose]();
      await stripe[Symbol.asyncDispose]();
    },
  };
}

/** A store with 90.00, whose account at Stripe is complete. */
async function connectStore(t: TestPayments, accountId: string) {
  const group = groupOf();
  await t.hold([group]);
  await t.payments.releaseHold(group, t.service);
  const owner = t.host.context({ memberId: group.sellerMemberId, roles: ['seller'], isConfirmed: true });
  const account = { kind: 'stripe_connect', accountId } as const;
  const of = { ownerKind: 'store', ownerId: group.storeId, currency: 'USD', holderName: 'Ann Maker' } as const;
  return { group, owner, entered: await t.payments.setPayoutAccount({ ...of, account }, owner) };
}

test('an account at Stripe is verified by Stripe’s word, and paid by a transfer', async () => {
  await using connect = await startWithConnect();
  const { t, stripe } = connect;
  const { group, owner, entered } = await connectStore(t, 'acct_incomplete1');
  assert.equal(entered.verification, 'provider');
  const verify = () => t.payments.verifyPayoutAccount({ payoutAccountId: entered.id }, owner);
  await assert.rejects(verify(), { code: 'PAYOUT_ACCOUNT_PENDING' });
  stripe.connected.set('acct_incomplete1', true);
  assert.equal((await verify()).state, 'verified');
  await t.payments.requestPayout({ storeId: group.storeId, amount: { amountMinor: 9_000, currency: 'USD' } }, owner);
  await t.host.runTimers();
  assert.equal((await t.payments.listPayouts(group, owner)).items[0]?.state, 'paid');
  assert.deepEqual(
    stripe.transfers.map(({ destination, amount }) => [destination, amount]),
    [['acct_incomplete1', 9_000]],
  );
  assert.deepEqual(await t.mismatches(), []);
});

for (const trouble of ['lost', 'lostAfter', 'error', 'errorAfter'] as const) {
  test(`a transfer that goes wrong (${trouble}) is made once, also by two timers and after Stripe forgot the key`, async () => {
    await using connect = await startWithConnect();
    const { t, stripe } = connect;
    stripe.connected.set('acct_complete123', true);
    const { group, entered, owner } = await connectStore(t, 'acct_complete123');
    await t.payments.verifyPayoutAccount({ payoutAccountId: entered.id }, owner);
    const request = { storeId: group.storeId, amount: { amountMinor: 9_000, currency: 'USD' as const } };
    await t.payments.requestPayout(request, owner);
    stripe.fail(/transfers/, trouble);
    await t.host.runTimers();
    assert.equal((await t.payments.listPayouts(group, owner)).items[0]?.state, 'sending');
    assert.equal((await t.balanceOf(group.storeId))?.inTransitMinor, 9_000);
    if (trouble.startsWith('lost')) stripe.deliverLate();
    stripe.forgetKeys();
    t.host.advance({ hours: 1 });
    await Promise.all([t.host.runTimers(), t.host.runTimers()]);
    assert.equal((await t.payments.listPayouts(group, sellerOf(t.host, group))).items[0]?.state, 'paid');
    assert.equal(stripe.transfers.length, 1);
    assert.deepEqual(await t.mismatches(), []);
  });
}

test('a transfer that Stripe refuses brings the money back; for want of our own balance there it is tried again', async () => {
  await using connect = await startWithConnect();
  const { t, stripe } = connect;
  stripe.connected.set('acct_complete123', true);
  const { group, entered, owner } = await connectStore(t, 'acct_complete123');
  await t.payments.verifyPayoutAccount({ payoutAccountId: entered.id }, owner);
  stripe.balanceMinor = 100;
  await t.payments.requestPayout({ storeId: group.storeId, amount: { amountMinor: 9_000, currency: 'USD' } }, owner);
  await t.host.runTimers();
  assert.equal((await t.balanceOf(group.storeId))?.availableMinor, 9_000);
  stripe.balanceMinor = 10_000;
  t.host.advance({ hours: 2 });
  await t.host.runTimers();
  assert.deepEqual(
    (await t.payments.listPayouts(group, owner)).items.map(({ state, failureReason }) => [state, failureReason]),
    [
      ['paid', null],
      ['failed', 'balance_insufficient'],
    ],
  );
  assert.deepEqual(await t.mismatches(), []);
});
