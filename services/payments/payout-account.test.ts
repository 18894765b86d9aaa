import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import { BINDINGS } from '@plaza/runtime/testing';
import { payingOutAtOnce, usAccount } from './testing/payout-account.ts';
import { groupOf, sellerOf, startPayments, type TestPayments } from './testing/sale.ts';

/** A store with 90.00 of its owner's, and its owner as they sign in and have shown that it is them. */
async function openStore(t: TestPayments) {
  const group = groupOf();
  await t.hold([group]);
  await t.payments.releaseHold(group, t.service);
  const memberId = group.sellerMemberId;
  const owner = t.host.context({ memberId, roles: ['seller'], isConfirmed: true });
  const input = {
    ownerKind: 'store',
    ownerId: group.storeId,
    currency: 'USD',
    holderName: 'Ann Maker',
    account: usAccount(),
  } as const;
  return { group, owner, input, of: { ownerKind: input.ownerKind, ownerId: input.ownerId } };
}

for (const binding of BINDINGS) {
  describe(`payout accounts contract, ${binding}`, () => {
    test('an account is verified by the two amounts on its statement, and by no others', async () => {
      await using t = await startPayments(binding);
      const { owner, input, of, group } = await openStore(t);
      const set = await t.payments.setPayoutAccount(input, { ...owner, idempotencyKey: 'set' });
      assert.deepEqual(await t.payments.setPayoutAccount(input, { ...owner, idempotencyKey: 'set' }), set);
      assert.deepEqual([set.state, set.last4, set.triesLeft], ['unverified', '6789', 3]);
      const payoutAccountId = set.id;
      const payout = t.payments.requestPayout({ ...group, amount: { amountMinor: 100, currency: 'USD' } }, owner);
      await assert.rejects(payout, { code: 'PAYOUT_ACCOUNT_NOT_READY' });
      const { amountsMinor } = await t.payments.getSimulatedDeposits({ payoutAccountId }, owner);
      const [first = 0, second = 0] = amountsMinor;
      const wrong = { payoutAccountId, amountsMinor: [first, second === 99 ? 98 : second + 1] };
      await assert.rejects(t.payments.verifyPayoutAccount(wrong, owner), {
        code: 'TEST_AMOUNTS_WRONG',
        data: { triesLeft: 2 },
      });
      await assert.rejects(t.payments.verifyPayoutAccount({ payoutAccountId }, owner), { code: 'INVALID_INPUT' });
      const right = { payoutAccountId, amountsMinor: [second, first] };
      assert.equal((await t.payments.verifyPayoutAccount(right, owner)).state, 'verified');
      assert.equal((await t.payments.listPayoutAccounts(of, owner)).items[0]?.state, 'verified');
    });

    test('three wrong tries end an account; entering it again begins anew', async () => {
      await using t = await startPayments(binding);
      const { owner, input, of } = await openStore(t);
      const { id: payoutAccountId } = await t.payments.setPayoutAccount(input, owner);
      const wrong = { payoutAccountId, amountsMinor: [100, 101] };
      // At the same moment too: tries are counted one after the other.
      const tries = await Promise.allSettled(
        Array.from({ length: 5 }, () => t.payments.verifyPayoutAccount(wrong, owner)),
      );
      const codes = tries.map((each) => (each.status === 'rejected' ? each.reason.code : 'none')).sort();
      assert.deepEqual(codes, [
        ...Array.from({ length: 2 }, () => 'PAYOUT_ACCOUNT_CLOSED'),
        ...Array.from({ length: 3 }, () => 'TEST_AMOUNTS_WRONG'),
      ]);
      const { amountsMinor } = await t.payments.getSimulatedDeposits({ payoutAccountId }, owner);
      const late = t.payments.verifyPayoutAccount({ payoutAccountId, amountsMinor }, owner);
      await assert.rejects(late, { code: 'PAYOUT_ACCOUNT_CLOSED' });
      const again = await t.payments.setPayoutAccount(input, owner);
      assert.deepEqual([again.state, again.triesLeft], ['unverified', 3]);
      assert.equal((await t.payments.listPayoutAccounts(of, owner)).items.length, 1);
    });

    test('nobody else sees or sets it, and its owner only with a sign-in confirmed just now', async () => {
      await using t = await startPayments(binding);
      const { owner, input, of, group } = await openStore(t);
      await assert.rejects(t.payments.setPayoutAccount(input, sellerOf(t.host, group)), {
        code: 'CONFIRMATION_REQUIRED',
      });
      const { id: payoutAccountId } = await t.payments.setPayoutAccount(input, owner);
      t.host.advance({ minutes: 11 });
      await assert.rejects(t.payments.setPayoutAccount(input, owner), { code: 'CONFIRMATION_REQUIRED' });
      const code = 'PAYOUT_ACCOUNT_NOT_FOUND';
      for (const roles of [['buyer', 'seller'], ['admin']] as const) {
        const other = t.host.context({ roles: [...roles], isConfirmed: true });
        await assert.rejects(t.payments.setPayoutAccount(input, other), { code: 'STORE_ACCOUNT_NOT_FOUND' });
        await assert.rejects(t.payments.verifyPayoutAccount({ payoutAccountId, amountsMinor: [1, 2] }, other), {
          code,
        });
        await assert.rejects(t.payments.getSimulatedDeposits({ payoutAccountId }, other), { code });
      }
      const rival = t.host.context({ roles: ['seller'] });
      await assert.rejects(t.payments.listPayoutAccounts(of, rival), { code: 'STORE_ACCOUNT_NOT_FOUND' });
      await assert.rejects(t.payments.listPayoutAccounts({ ...of, ownerId: newId('member') }, rival), {
        code: 'STORE_ACCOUNT_NOT_FOUND',
      });
      assert.ok(rival.actor.kind === 'member');
      const own = { ownerKind: 'member', ownerId: rival.actor.memberId } as const;
      assert.deepEqual((await t.payments.listPayoutAccounts(own, rival)).items, []);
    });
  });
}

test('a changed account waits a day, its owner hears of it, and what was in line to the old one goes back', async () => {
  await using t = await startPayments('local', {
    marketplaces: (shipped) => payingOutAtOnce(shipped, { accountChangeHours: 24 }),
  });
  const { owner, input, group } = await openStore(t);
  await t.openAccount(group);
  const ask = (context = owner) =>
    t.payments.requestPayout({ storeId: group.storeId, amount: { amountMinor: 4_000, currency: 'USD' } }, context);
  assert.equal((await ask()).state, 'requested');
  const changed = await t.openAccount(group, '000999999999');
  await t.host.runTimers();
  const [before] = (await t.payments.listPayouts(group, owner)).items;
  assert.deepEqual([before?.state, before?.failureReason], ['canceled', 'account_changed']);
  await assert.rejects(ask(), {
    code: 'PAYOUT_ACCOUNT_NOT_READY',
    data: { reason: 'changed', usableTime: changed.usableTime },
  });
  t.host.advance({ hours: 25 });
  assert.equal((await ask()).destination.last4, '9999');
  const events = await t.host
    .database('payments')
    .read('bazaar')
    .rows<{ data: { last4: string; isChange: boolean } }>(
      sql`select envelope -> 'data' as data from payments.outbox where envelope ->> 'type' = 'payout_account.changed' order by id`,
    );
  assert.deepEqual(
    events.map(({ data }) => [data.last4, data.isChange]),
    [
      ['6789', false],
      ['9999', true],
    ],
  );
  assert.deepEqual([input.currency, await t.mismatches()], ['USD', []]);
});

test('an account’s number is nowhere in the database, and one that two persons are paid to is looked at', async () => {
  await using t = await startPayments();
  const { group } = await openStore(t);
  const other = await openStore(t);
  await t.openAccount(group, '000777123456');
  await t.openAccount(other.group, '000777123456');
  const request = { storeId: group.storeId, amount: { amountMinor: 100, currency: 'USD' as const } };
  const payout = await t.payments.requestPayout(request, sellerOf(t.host, group));
  assert.deepEqual([payout.state, payout.approvalReasons], ['awaiting_approval', ['shared_account']]);
  const queries = t.host.database('payments').read('bazaar');
  const tables = await queries.rows<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = 'payments' and table_type = 'BASE TABLE'`);
  for (const { name } of tables) {
    const rows = await queries.rows<{ text: string }>(
      sql([`select t::text as text from payments."${name}" t where t::text like '%777123456%'`]),
    );
    assert.deepEqual(rows, [], `${name} holds an account number`);
  }
});

test('what is no account of its kind, and kinds that the currency does not go to, are refused by name', async () => {
  await using t = await startPayments();
  const { owner, input } = await openStore(t);
  const wrong = { ...input, account: { kind: 'us_bank', routingNumber: '021000022', accountNumber: '1234' } } as const;
  await assert.rejects(t.payments.setPayoutAccount(wrong, owner), (error: { errors: { pointer: string }[] }) => {
    assert.deepEqual(
      error.errors.map(({ pointer }) => pointer),
      ['/account/routingNumber'],
    );
    return true;
  });
  const clabe = { ...input, account: { kind: 'clabe', clabe: '032180000118359719' } } as const;
  await assert.rejects(t.payments.setPayoutAccount(clabe, owner), { code: 'PAYOUT_ACCOUNT_KIND_UNSUPPORTED' });
  const unreachable = await t.payments.setPayoutAccount({ ...input, account: usAccount('000111111132') }, owner);
  assert.deepEqual([unreachable.state, unreachable.failureReason], ['failed', 'deposits_refused']);
});
