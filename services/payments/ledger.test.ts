import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Currency, defineEvent, type Id, newId, uuidFromId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import fc from 'fast-check';
import pg from 'pg';
import { z } from 'zod';
import type { HoldGroup } from './contract.ts';
import { accountUuid } from './domain/account.ts';
import { Ledger } from './store/ledger.ts';
import type { TransferOrder } from './store/posting.ts';
import { groupOf, sellerOf, startPayments, type TestPayments } from './testing/sale.ts';

const storeOpened = defineEvent({
  type: 'store.created',
  summary: 'As the catalog announces it, with facts of no interest here.',
  data: z.object({ storeId: z.string(), ownerMemberId: z.string(), slug: z.string() }),
});

const buyerFunds = accountUuid('bazaar', 'USD', { purpose: 'buyer_funds', ownerId: null });

function insertTransfer(id: string) {
  return sql`insert into payments.transfer (marketplace_id, id, key, kind, created_time) values ('bazaar', ${id}, ${id}, 'test', now())`;
}

function insertEntry(transferId: string, version: number, amountMinor: number, currency = 'USD') {
  return sql`insert into payments.entry (marketplace_id, account_id, stripe, version, transfer_id, currency, amount_minor, balance_after_minor, created_time)
    values ('bazaar', ${buyerFunds}, 1, ${version}, ${transferId}, ${currency}, ${amountMinor}, 0, now())`;
}

test('the database refuses a transfer that is empty or does not balance', async () => {
  await using t = await startPayments();
  await t.pay(100);
  const database = t.host.database('payments');
  const id = uuidFromId(newId('transfer'));
  await assert.rejects(
    database.transaction('bazaar', (tx) => tx.execute(insertTransfer(id))),
    /together with its entries/,
  );
  const oneSided = sql`with made as (${insertTransfer(id)}) ${insertEntry(id, 1_000, 5)}`;
  await assert.rejects(database.read('bazaar').execute(oneSided), /must sum to zero/);
});

test('the database refuses an entry of no transfer, and one on an account of another currency', async () => {
  await using t = await startPayments();
  await t.pay(100);
  const queries = t.host.database('payments').read('bazaar');
  const id = uuidFromId(newId('transfer'));
  const orphans = sql`with first as (${insertEntry(id, 1_000, 5)}) ${insertEntry(id, 1_001, -5)}`;
  await assert.rejects(queries.execute(orphans), /entries of a transfer/);
  const inYen = sql`with made as (${insertTransfer(id)}), first as (${insertEntry(id, 1_000, 5, 'JPY')})
    ${insertEntry(id, 1_001, -5, 'JPY')}`;
  await assert.rejects(queries.execute(inYen), /entries of a transfer/);
});

test('many transfers are posted by one statement: each key once, in order, on any currencies', async () => {
  await using t = await startPayments();
  const ledger = new Ledger();
  const database = t.host.database('payments');
  const storeId = uuidFromId(newId('store'));
  const order = (key: string, amountMinor: number, currency: Currency = 'USD'): TransferOrder => ({
    key,
    kind: 'test',
    subject: {},
    currency,
    postings: [
      { purpose: 'escrow', ownerId: storeId, amountMinor },
      { purpose: 'buyer_funds', ownerId: null, amountMinor: -amountMinor },
    ],
    time: t.host.now(),
  });
  const orders = [order('a', 5), order('b', 7, 'JPY'), order('c', -2), order('a', 5), order('d', 3, 'KWD')];
  const post = (some: readonly TransferOrder[]) => ledger.postMany(database, 'bazaar', some);
  assert.equal(await post(orders), 4);
  assert.equal(await post([...orders, order('e', 11)]), 1);
  // Each batch waits for its links as one row, in the order in which it was given.
  const waiting = await database.read('bazaar').rows<{ keys: string[] }>(sql`
    select (select array_agg(t.key order by place) from unnest(w.transfer_ids) with ordinality as each(id, place)
      join payments.transfer t on t.id = each.id) as keys
    from payments.journal_waiting w order by position`);
  assert.deepEqual(waiting, [{ keys: ['a', 'b', 'c', 'd'] }, { keys: ['e'] }]);
  await t.host.runTimers();
  const { journal } = await t.payments.checkLedger({}, t.service);
  assert.deepEqual([journal.isIntact, journal.linkCount, journal.waitingCount], [true, 5, 0]);
  const account = accountUuid('bazaar', 'USD', { purpose: 'escrow', ownerId: storeId });
  const entries = await database.read('bazaar').rows(sql`
    select version, amount_minor, balance_after_minor from payments.entry where account_id = ${account} order by version`);
  assert.deepEqual(entries, [
    { version: 1, amount_minor: 5, balance_after_minor: 5 },
    { version: 2, amount_minor: -2, balance_after_minor: 3 },
    { version: 3, amount_minor: 11, balance_after_minor: 14 },
  ]);
  // One that is refused takes the others with it; below zero between two of them, though not at the end.
  await assert.rejects(post([order('f', -20), order('g', 30)]), /within their signs/);
  assert.deepEqual(
    (await t.mismatches()).filter(({ check }) => check !== 'books agree with payments, holds and payouts'),
    [],
  );
});

test('callers that post many, and one, on the same accounts at the same time lose nothing and post each key once', async () => {
  await using t = await startPayments();
  const ledger = new Ledger();
  const database = t.host.database('payments');
  const storeIds = Array.from({ length: 4 }, () => uuidFromId(newId('store')));
  const order = (i: number): TransferOrder => ({
    key: `k${i}`,
    kind: 'test',
    subject: {},
    currency: 'JPY',
    postings: [
      { purpose: 'escrow', ownerId: storeIds[i % 4] as string, amountMinor: 1 + i },
      { purpose: 'commission', ownerId: null, amountMinor: -1 - i },
    ],
    time: t.host.now(),
  });
  const all = Array.from({ length: 60 }, (_, i) => order(i));
  // Every stretch is posted by two callers, in opposite orders, and every fifth key by a third.
  const stretches = [0, 15, 30, 45].map((from) => all.slice(from, from + 15));
  const posted = await Promise.all([
    ...stretches.map((some) => ledger.postMany(database, 'bazaar', some)),
    ...stretches.map((some) => ledger.postMany(database, 'bazaar', some.toReversed())),
    ...all
      .filter((_, i) => i % 5 === 0)
      .map(async (each) => ((await database.transaction('bazaar', (tx) => ledger.post(tx, each))) ? 1 : 0)),
  ]);
  assert.equal(
    posted.reduce((sum, count) => sum + count, 0),
    all.length,
  );
  const { sum } = await database.read('bazaar').one<{ sum: number }>(sql`
    select sum(balance_minor)::bigint as sum from payments.balance where sign = 1`);
  assert.equal(sum, (60 * 61) / 2);
  assert.deepEqual(
    (await t.mismatches()).filter(({ check }) => !check.startsWith('books agree')),
    [],
  );
});

test('the database refuses to change or remove what was booked, to its owner too', async () => {
  await using t = await startPayments();
  await t.pay(100);
  const owner = new pg.Client({ connectionString: t.host.ownerUrl });
  await owner.connect();
  for (const table of ['entry', 'transfer', 'account']) {
    await assert.rejects(owner.query(`delete from payments.${table}`), /never changed or removed/);
    await assert.rejects(owner.query(`truncate payments.${table} cascade`), /never changed or removed/);
  }
  await assert.rejects(owner.query('update payments.entry set amount_minor = amount_minor * 2'), /never changed/);
  await owner.end();
});

test('the database refuses to overdraw a store', async () => {
  await using t = await startPayments();
  const group = groupOf();
  await t.hold([group]);
  const overdraw = t.host.database('payments').transaction('bazaar', (tx) =>
    tx.execute(sql`update payments.balance set balance_minor = -1
      where account_id = ${accountUuid('bazaar', 'USD', { purpose: 'escrow', ownerId: uuidFromId(group.storeId) })}`),
  );
  await assert.rejects(overdraw, /balance_within_sign/);
});

test("a marketplace sees nothing of another's books, and a query without one sees nothing", async () => {
  await using t = await startPayments();
  await t.pay(100);
  const count = sql`select (select count(*) from payments.entry) + (select count(*) from payments.payment)
    + (select count(*) from payments.balance) + (select count(*) from payments.transfer) as n`;
  const database = t.host.database('payments');
  assert.deepEqual(await database.read('jaikod').one(count), { n: 0 });
  assert.deepEqual(await database.system((queries) => queries.one(count)), { n: 0 });
});

test('the check finds a balance that was tampered with, and a payment that the books do not know', async () => {
  await using t = await startPayments();
  await t.pay(100);
  const database = t.host.database('payments');
  await database.read('bazaar').execute(sql`update payments.balance set balance_minor = balance_minor + 1
    where account_id = ${buyerFunds} and version = 1`);
  await database.read('bazaar').execute(sql`update payments.payment set amount_minor = 107`);
  const mismatches = await t.mismatches();
  assert.deepEqual(
    mismatches.map(({ check, expectedMinor, actualMinor }) => [check, expectedMinor, actualMinor]).sort(),
    [
      ['balance is the sum of its entries', 100, 101],
      ['books agree with payments, holds and payouts', -107, -100],
      ['books agree with payments, holds and payouts', 107, 100],
    ],
  );
});

test('admins read transfers with their entries and a trial balance of zero', async () => {
  await using t = await startPayments();
  const group = groupOf();
  const { payment, orderId } = await t.hold([group]);
  await t.pay(50);
  const admin = t.host.context({ roles: ['admin'] });
  const trial = await t.payments.getTrialBalance({}, admin);
  assert.equal(trial.isBalanced, true);
  assert.equal(trial.lines.find(({ purpose }) => purpose === 'provider_clearing')?.balanceMinor, -10_050);
  const ofOrder = await t.payments.listTransfers({ orderId }, admin);
  assert.deepEqual(
    ofOrder.items.map(({ kind }) => kind),
    ['hold', 'capture'],
  );
  assert.deepEqual(
    ofOrder.items[0]?.entries.map(({ purpose, amountMinor, storeId }) => [purpose, amountMinor, storeId]),
    [
      ['buyer_funds', -10_000, null],
      ['escrow', 10_000, group.storeId],
    ],
  );
  assert.deepEqual(await t.payments.listTransfers({ paymentId: payment.id }, admin), ofOrder);
  const first = await t.payments.listTransfers({ limit: 2 }, admin);
  const second = await t.payments.listTransfers({ limit: 2, cursor: first.nextCursor ?? '' }, admin);
  assert.equal(first.items.length + second.items.length, 3);
  await assert.rejects(t.payments.listTransfers({}, t.host.context({ roles: ['moderator'] })), { code: 'FORBIDDEN' });
});

test('a store is known from the moment it opens, and follows its owner', async () => {
  await using t = await startPayments();
  const storeId = newId('store');
  const ownerMemberId = newId('member');
  await t.host
    .database('payments')
    .transaction('bazaar', (tx) => tx.announce(storeOpened, storeId, { storeId, ownerMemberId, slug: 'cups' }));
  await t.host.deliver();
  const seller = t.host.context({ roles: ['seller'], memberId: ownerMemberId });
  const { balances } = await t.payments.getBalance({ storeId }, seller);
  assert.deepEqual(
    balances.map(({ currency, availableMinor }) => [currency, availableMinor]),
    [['USD', 0]],
  );
});

type Step = {
  kind: 'release' | 'refund' | 'parts' | 'payout' | 'settle' | 'sale' | 'chargeback' | 'decide' | 'rule' | 'writeOff';
  pick: number;
  amount: number;
};

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<Step['kind']>(
      'release',
      'refund',
      'parts',
      'payout',
      'settle',
      'sale',
      'chargeback',
      'decide',
      'rule',
      'writeOff',
    ),
    pick: fc.nat(20),
    amount: fc.integer({ min: 1, max: 6_000 }),
  }),
  { minLength: 5, maxLength: 15 },
);

const adminOf = ({ host }: TestPayments) => host.context({ roles: ['admin'] });

async function take(
  t: TestPayments,
  groups: HoldGroup[],
  orders: Map<string, Id<'order'>>,
  storeIds: readonly Id<'store'>[],
  step: Step,
): Promise<unknown> {
  const group = groups[step.pick % groups.length];
  if (group === undefined || step.kind === 'sale') {
    const sold = storeIds.map((storeId) => groupOf({ storeId, taxMinor: 70, platformFundedMinor: step.amount % 500 }));
    groups.push(...sold);
    const { orderId } = await t.hold(sold);
    for (const { groupId } of sold) orders.set(groupId, orderId);
    return;
  }
  switch (step.kind) {
    case 'release':
      return t.payments.releaseHold(group, t.service);
    case 'refund':
      return t.payments.refundGroup(
        { refundId: newId('refund'), groupId: group.groupId, amountMinor: step.amount, reason: 'any' },
        t.service,
      );
    case 'payout': {
      await t.openAccount(group, step.pick % 2 === 0 ? '000123456789' : '000111111116');
      const request = { storeId: group.storeId, amount: { amountMinor: step.amount, currency: 'USD' as const } };
      return t.payments.requestPayout(request, sellerOf(t.host, group));
    }
    case 'settle':
      t.host.advance({ minutes: 2 });
      return t.host.runTimers();
    case 'parts':
      return t.payments.refundGroup(
        {
          refundId: newId('refund'),
          groupId: group.groupId,
          amountMinor: step.amount,
          parts: { fundedMinor: step.pick, commissionMinor: step.amount % 700, taxMinor: step.pick },
          reason: 'a line',
        },
        t.service,
      );
    case 'chargeback': {
      const orderId = orders.get(group.groupId) ?? newId('order');
      return t.payments.openSimulatedChargeback({ orderId, amountMinor: step.amount * 3 }, adminOf(t));
    }
    case 'decide':
    case 'rule': {
      const { items } = await t.payments.listChargebacks({ isOpen: true, limit: 100 }, adminOf(t));
      const chargeback = items[step.pick % Math.max(items.length, 1)];
      if (chargeback === undefined) return;
      const { id: chargebackId } = chargeback;
      const bearer = step.amount % 2 === 0 ? ('seller' as const) : ('platform' as const);
      if (step.kind === 'rule') return t.payments.ruleChargeback({ chargebackId, bearer, reason: 'so' }, adminOf(t));
      const outcome = step.amount % 3 === 0 ? ('won' as const) : ('lost' as const);
      return t.payments.decideSimulatedChargeback({ chargebackId, outcome }, adminOf(t));
    }
    case 'writeOff': {
      const amount = { amountMinor: step.amount, currency: 'USD' as const };
      return t.payments.writeOffDebt({ storeId: group.storeId, amount, reason: 'gone' }, adminOf(t));
    }
  }
}

test('whatever happens at the same time and in any order, the books agree', async () => {
  await using t = await startPayments();
  const storeIds = [newId('store'), newId('store')];
  const groups: HoldGroup[] = [];
  const orders = new Map<string, Id<'order'>>();
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      for (let i = 0; i < sequence.length; i += 4) {
        // Four at once: some are refused, none may leave the books in doubt.
        await Promise.allSettled(sequence.slice(i, i + 4).map((step) => take(t, groups, orders, storeIds, step)));
      }
      assert.deepEqual(await t.mismatches(), []);
    }),
    { numRuns: 25 },
  );
  const trial = await t.payments.getTrialBalance({}, t.host.context({ roles: ['admin'] }));
  assert.equal(trial.isBalanced, true);
});
