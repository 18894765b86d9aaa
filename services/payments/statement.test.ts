import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { type Id, newId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import fc from 'fast-check';
import { accountUuid } from './domain/account.ts';
import { groupOf, sellerOf, startPayments, type TestPayments } from './testing/sale.ts';

const DAY_MS = 86_400_000;

/** A store with a sale, a refund and a payout on three days; answers the moments between them. */
async function threeDays(t: TestPayments) {
  const group = groupOf();
  await t.hold([group]);
  const before = t.host.now();
  t.host.advance({ days: 1 });
  await t.payments.releaseHold(group, t.service);
  const afterSale = t.host.now();
  t.host.advance({ days: 1 });
  const refund = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 1_000, reason: 'scratched' };
  await t.payments.refundGroup(refund, t.service);
  const afterRefund = t.host.now();
  t.host.advance({ days: 1 });
  const request = { storeId: group.storeId, amount: { amountMinor: 5_000, currency: 'USD' as const } };
  await t.openAccount(group);
  await t.payments.requestPayout(request, sellerOf(t.host, group));
  return { group, storeId: group.storeId, before, afterSale, afterRefund };
}

/** The bytes behind a signed link. */
function fileOf(t: TestPayments, url: string): Promise<Buffer> {
  const { pathname } = new URL(url, 'http://files');
  return readFile(path.join(t.host.folder, pathname));
}

const periodInput = (storeId: Id<'store'>, from: Date, to: Date) => ({
  storeId,
  currency: 'USD' as const,
  fromTime: from.toISOString(),
  toTime: to.toISOString(),
});

test('a statement tells what was there before the period, what moved in it, and what is left, exactly', async () => {
  await using t = await startPayments();
  const { group, storeId, before, afterSale, afterRefund } = await threeDays(t);
  const seller = sellerOf(t.host, group);
  const end = new Date(t.host.now().getTime() + 1_000);
  const all = await t.payments.getStatement(periodInput(storeId, before, end), seller);
  assert.deepEqual(
    [all.openingMinor, all.inMinor, all.outMinor, all.closingMinor, all.lineCount],
    [0, 9_000, 5_900, 3_100, 3],
  );
  assert.deepEqual(
    all.items.map(({ kind, amount, balanceAfterMinor }) => [kind, amount.amountMinor, balanceAfterMinor]),
    [
      ['release', 9_000, 9_000],
      ['refund', -900, 8_100],
      ['payout', -5_000, 3_100],
    ],
  );
  const refunded = await t.payments.getStatement(
    periodInput(storeId, new Date(afterSale.getTime() + DAY_MS / 2), new Date(afterRefund.getTime() + DAY_MS / 2)),
    seller,
  );
  assert.deepEqual(
    [refunded.openingMinor, refunded.closingMinor, refunded.items.map(({ kind }) => kind)],
    [9_000, 8_100, ['refund']],
  );
});

test("another's statement is not there, and a period has an end behind its beginning, within a year and some", async () => {
  await using t = await startPayments();
  const { group, storeId, before } = await threeDays(t);
  const year = periodInput(storeId, before, new Date(before.getTime() + 401 * DAY_MS));
  await assert.rejects(t.payments.getStatement(year, sellerOf(t.host, group)), { code: 'INVALID_INPUT' });
  await assert.rejects(t.payments.getStatement(periodInput(storeId, before, before), sellerOf(t.host, group)), {
    code: 'INVALID_INPUT',
  });
  const stranger = t.host.context({ roles: ['seller'] });
  const fine = periodInput(storeId, before, t.host.now());
  await assert.rejects(t.payments.getStatement(fine, stranger), { code: 'STORE_ACCOUNT_NOT_FOUND' });
  await assert.rejects(t.payments.exportStatement(fine, stranger), { code: 'STORE_ACCOUNT_NOT_FOUND' });
});

test('whatever the period and the pages, its lines lead from its opening to its closing, on an account in stripes too', async () => {
  await using t = await startPayments();
  const admin = t.host.context({ roles: ['admin'] });
  const from = t.host.now().getTime();
  for (let i = 0; i < 25; i++) {
    await t.pay(100 + i);
    t.host.advance({ seconds: 10 });
  }
  const until = t.host.now().getTime();
  const accountId = (await t.payments.listAccounts({ purpose: 'buyer_funds' }, admin)).items[0]?.id as Id<'account'>;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(300),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 9 }),
      async (start, length, limit) => {
        const period = {
          fromTime: new Date(from + start * 1_000).toISOString(),
          toTime: new Date(from + (start + length) * 1_000).toISOString(),
        };
        let cursor: string | undefined;
        let balance: number | undefined;
        let count = 0;
        do {
          const more = cursor === undefined ? {} : { cursor };
          const { statement } = await t.payments.getAccountStatement({ accountId, ...period, limit, ...more }, admin);
          balance ??= statement.openingMinor;
          for (const { amount, balanceAfterMinor } of statement.items) {
            balance += amount.amountMinor;
            count++;
            assert.equal(balanceAfterMinor, balance);
          }
          cursor = statement.nextCursor ?? undefined;
          if (cursor === undefined) {
            assert.deepEqual([balance, count], [statement.closingMinor, statement.lineCount]);
            assert.equal(statement.openingMinor + statement.inMinor - statement.outMinor, statement.closingMinor);
          }
        } while (cursor !== undefined);
      },
    ),
    { numRuns: 30 },
  );
  const trial = await t.payments.getTrialBalance({ atTime: new Date(from).toISOString() }, admin);
  assert.deepEqual([trial.lines, trial.isBalanced], [[], true]);
  const later = await t.payments.getTrialBalance({ atTime: new Date(until).toISOString() }, admin);
  assert.deepEqual(later, await t.payments.getTrialBalance({}, admin));
});

test('the times of an account never go back, however the clocks of those who post differ', async () => {
  await using t = await startPayments();
  await t.pay(100);
  const accountId = accountUuid('bazaar', 'USD', { purpose: 'buyer_funds', ownerId: null });
  await t.host
    .database('payments')
    .read('bazaar')
    .execute(sql`
    update payments.balance set changed_time = changed_time + interval '1 hour' where account_id = ${accountId}`);
  for (let i = 0; i < 20; i++) await t.pay(100);
  const { back } = await t.host
    .database('payments')
    .read('bazaar')
    .one<{ back: number }>(sql`
    select count(*) as back from payments.entry e join payments.entry before
      on before.account_id = e.account_id and before.stripe = e.stripe and before.version = e.version - 1
    where e.account_id = ${accountId} and e.created_time < before.created_time`);
  assert.equal(back, 0);
});

test('a statement is exported as CSV, and as PDF in every language of the interface', async () => {
  await using t = await startPayments();
  const { group, storeId, before } = await threeDays(t);
  const input = periodInput(storeId, before, new Date(t.host.now().getTime() + 1_000));
  const seller = sellerOf(t.host, group);
  const csv = await t.payments.exportStatement({ ...input, format: 'csv' }, seller);
  assert.equal(csv.lineCount, 3);
  const rows = (await fileOf(t, csv.url)).toString('utf8').trimEnd().split('\r\n');
  assert.deepEqual(
    rows.map((row) => row.split(',').slice(1, 5).join(' ')),
    ['kind amount currency balance', 'release 90.00 USD 90.00', 'refund -9.00 USD 81.00', 'payout -50.00 USD 31.00'],
  );
  for (const locale of ['en', 'th', 'es', 'ja']) {
    const pdf = await t.payments.exportStatement({ ...input, format: 'pdf' }, { ...seller, locale });
    const bytes = await fileOf(t, pdf.url);
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
    assert.match(bytes.subarray(-8).toString(), /%%EOF/);
    // The fonts of its scripts are inside, as far as it uses them.
    assert.equal(/NotoSansThai/.test(bytes.toString('latin1')), locale === 'th');
    assert.equal(/Kosugi/.test(bytes.toString('latin1')), locale === 'ja');
  }
});

test('operators find accounts, and a transfer with its link', async () => {
  await using t = await startPayments();
  const group = groupOf();
  await t.hold([group]);
  await t.host.runTimers();
  const admin = t.host.context({ roles: ['admin'] });
  const { items } = await t.payments.listAccounts({ storeId: group.storeId }, admin);
  assert.deepEqual(
    items.map(({ purpose, balanceMinor, entryCount }) => [purpose, balanceMinor, entryCount]),
    [['escrow', 10_000, 1]],
  );
  const [latest] = (await t.payments.listTransfers({ limit: 1 }, admin)).items;
  const transfer = await t.payments.getTransfer({ transferId: latest?.id as Id<'transfer'> }, admin);
  assert.deepEqual([transfer.kind, transfer.link?.sequence], ['hold', 2]);
  await assert.rejects(t.payments.getTransfer({ transferId: newId('transfer') }, admin), {
    code: 'TRANSFER_NOT_FOUND',
  });
  const gone = { accountId: newId('account'), fromTime: '2026-01-01T00:00:00Z', toTime: '2026-02-01T00:00:00Z' };
  await assert.rejects(t.payments.getAccountStatement(gone, admin), { code: 'ACCOUNT_NOT_FOUND' });
});
