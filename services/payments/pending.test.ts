import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Currency, newId, uuidFromId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import fc from 'fast-check';
import { accountUuid } from './domain/account.ts';
import { Ledger } from './store/ledger.ts';
import { type PendingOrder, reserve, resolve } from './store/pending.ts';
import { startPayments, type TestPayments } from './testing/sale.ts';

/** A store that may spend 100, and shortcuts around one kind of pending transfer: out of its balance, into the bank. */
async function storeWithBalance(t: TestPayments, currency: Currency = 'USD') {
  const ledger = new Ledger();
  const database = t.host.database('payments');
  const storeId = uuidFromId(newId('store'));
  await database.transaction('bazaar', (tx) =>
    ledger.post(tx, {
      key: newId('transfer'),
      kind: 'test',
      subject: {},
      currency,
      postings: [
        { purpose: 'seller_available', ownerId: storeId, amountMinor: 100 },
        { purpose: 'provider_clearing', ownerId: null, amountMinor: -100 },
      ],
      time: t.host.now(),
    }),
  );
  const orderOf = (key: string, amountMinor: number, expireTime: Date | null = null): PendingOrder => ({
    key,
    kind: 'withdrawal',
    subject: {},
    currency,
    postings: [
      { purpose: 'seller_available', ownerId: storeId, amountMinor: -amountMinor },
      { purpose: 'bank', ownerId: null, amountMinor },
    ],
    time: t.host.now(),
    expireTime,
  });
  return {
    reserve: (key: string, amountMinor: number, expireTime?: Date) =>
      database.transaction('bazaar', (tx) => reserve(tx, ledger, orderOf(key, amountMinor, expireTime ?? null))),
    resolve: (key: string, outcome: 'posted' | 'voided', amountMinor?: number) =>
      database.transaction('bazaar', (tx) =>
        resolve(tx, ledger, {
          key,
          outcome,
          time: t.host.now(),
          ...(amountMinor === undefined ? {} : { amountMinor }),
        }),
      ),
    available: async () => {
      const { availableMinor } = await database.transaction('bazaar', (tx) => ledger.lockStore(tx, storeId, currency));
      return availableMinor;
    },
    bank: async () => {
      const { sum } = await database.read('bazaar').one<{ sum: number }>(sql`
        select coalesce(sum(balance_minor), 0)::bigint as sum from payments.balance
        where account_id = ${accountUuid('bazaar', currency, { purpose: 'bank', ownerId: null })}`);
      return sum;
    },
  };
}

/** The tests post past payments and payouts, so only what the ledger says of itself must agree. */
const ownMismatches = async (t: TestPayments) =>
  (await t.mismatches()).filter(({ check }) => !check.startsWith('books agree'));

test('a pending amount is not available and not moved; posted, it moves; voided, it is available again', async () => {
  await using t = await startPayments();
  const store = await storeWithBalance(t);
  assert.equal(await store.reserve('a', 30), true);
  assert.equal(await store.reserve('a', 30), false);
  assert.equal(await store.reserve('b', 50), true);
  assert.deepEqual([await store.available(), await store.bank()], [20, 0]);
  await assert.rejects(store.reserve('c', 21), /balance_within_sign/);
  assert.deepEqual(await ownMismatches(t), []);
  assert.equal(await store.resolve('a', 'posted'), 'posted');
  assert.equal(await store.resolve('b', 'voided'), 'voided');
  assert.deepEqual([await store.available(), await store.bank()], [70, 30]);
  assert.deepEqual(await ownMismatches(t), []);
});

test('it ends once: whoever asks later, or at the same time, hears how', async () => {
  await using t = await startPayments();
  const store = await storeWithBalance(t);
  await store.reserve('a', 40);
  const answers = await Promise.all([
    store.resolve('a', 'posted'),
    store.resolve('a', 'voided'),
    store.resolve('a', 'posted'),
  ]);
  assert.equal(new Set(answers).size, 1);
  assert.equal(await store.bank(), answers[0] === 'posted' ? 40 : 0);
  assert.deepEqual(await ownMismatches(t), []);
});

test('a part may be posted; the rest is free', async () => {
  await using t = await startPayments();
  const store = await storeWithBalance(t);
  await store.reserve('a', 40);
  assert.equal(await store.resolve('a', 'posted', 15), 'posted');
  assert.deepEqual([await store.available(), await store.bank()], [85, 15]);
});

test('it expires by the clock, whether the timer came by or not', async () => {
  await using t = await startPayments();
  const store = await storeWithBalance(t);
  const soon = new Date(t.host.now().getTime() + 60_000);
  await store.reserve('a', 40, soon);
  await store.reserve('b', 40, soon);
  await t.host.runTimers();
  assert.equal(await store.available(), 20);
  t.host.advance({ minutes: 2 });
  assert.equal(await store.resolve('a', 'posted'), 'expired');
  await t.host.runTimers();
  assert.equal(await store.resolve('b', 'posted'), 'expired');
  assert.deepEqual([await store.available(), await store.bank()], [100, 0]);
  assert.deepEqual(await ownMismatches(t), []);
});

const asked = fc.record({
  act: fc.constantFrom('reserve' as const, 'post' as const, 'part' as const, 'void' as const, 'wait' as const),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  amount: fc.integer({ min: 1, max: 70 }),
});

test('whatever is reserved, posted, voided and late at the same time, the books agree and nothing is overdrawn', async () => {
  await using t = await startPayments();
  for (const currency of ['USD', 'JPY', 'KWD'] as const) {
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 12 }), async (steps) => {
        const store = await storeWithBalance(t, currency);
        const round = newId('transfer');
        for (let i = 0; i < steps.length; i += 3) {
          const some = steps.slice(i, i + 3).map(async ({ act, key, amount }) => {
            const name = `${round} ${key}`;
            const soon = new Date(t.host.now().getTime() + 60_000);
            if (act === 'reserve') await store.reserve(name, amount, soon);
            else if (act === 'wait') t.host.advance({ seconds: 30 });
            else await store.resolve(name, act === 'void' ? 'voided' : 'posted', act === 'part' ? 1 : undefined);
          });
          // Some are refused: too much, or a name that nothing was reserved by.
          await Promise.allSettled(some);
        }
        await t.host.runTimers();
        assert.ok((await store.available()) >= 0);
        assert.deepEqual(await ownMismatches(t), []);
      }),
      { numRuns: 6 },
    );
  }
});
