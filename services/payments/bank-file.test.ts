import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FieldError, type Id, newId } from '@plaza/kernel';
import { bankFileOf } from './domain/bank-file.ts';
import { readBankResults } from './domain/bank-results.ts';
import { payingOutAtOnce, usAccount } from './testing/payout-account.ts';
import { groupOf, startPayments } from './testing/sale.ts';

const AMOUNT = { amountMinor: 123_450, currency: 'THB' } as const;
const ACCOUNT = { kind: 'thai_bank', bankCode: '014', accountNumber: '0012345678' } as const;

test('a bank file is CSV that no spreadsheet computes, with every digit', () => {
  const lines = ['=HYPERLINK("http://x")', '+1', '@SUM(A1)', '-2', 'Ann "the" Maker, Ltd\r\n'].map((holderName) => ({
    payoutId: 'pyo_1',
    amount: AMOUNT,
    holderName,
    account: ACCOUNT,
  }));
  const rows = bankFileOf(lines).split('\r\n');
  assert.equal(rows[1], `"pyo_1","1234.50","THB","'=HYPERLINK(""http://x"")","thai_bank","SCB","014","0012345678"`);
  assert.deepEqual(
    rows.slice(2, 5).map((row) => row.split(',')[3]),
    [`"'+1"`, `"'@SUM(A1)"`, `"'-2"`],
  );
  assert.equal(rows[5], `"pyo_1","1234.50","THB","Ann ""the"" Maker, Ltd ","thai_bank","SCB","014","0012345678"`);
  assert.equal(rows.length, 7);
});

test('results are read from the same file with a column more, and whatever is wrong is named by line and column', () => {
  const [first, second] = [newId('payout'), newId('payout')];
  const read = (text: string) => readBankResults(text, (id) => [first, second].includes(id));
  const text = `payout_id;amount;result;reason\r\n${first};10.00;PAID;\r\n\r\n${second};2,00;account_refused;"closed; long ago"\r\n${first};1;;\r\n`;
  assert.deepEqual(read(text), [
    { payoutId: first, result: 'paid' },
    { payoutId: second, result: 'account_refused', reason: 'closed; long ago' },
  ]);
  const mistakesOf = (wrong: string) => {
    let found: unknown;
    assert.throws(
      () => read(wrong),
      ({ errors }) => {
        found = errors.map(({ code, at }: FieldError) => [code, at?.line, at?.column]);
        return true;
      },
    );
    return found;
  };
  assert.deepEqual(mistakesOf(`payout_id,result\n${first},paid\n${first},failed\n\nnobody,paid\n${second},gone\n`), [
    ['duplicate', 3, 'payout_id'],
    ['unknown', 5, 'payout_id'],
    ['invalid_value', 6, 'result'],
  ]);
  assert.deepEqual(mistakesOf(`payout_id,result\n${first},paid,,closed\n`), [['cells', 2, undefined]]);
  assert.deepEqual(mistakesOf('PK\u0003\u0004'), [
    ['column_missing', 1, 'payout_id'],
    ['column_missing', 1, 'result'],
  ]);
  assert.deepEqual(mistakesOf(`payout_id,result\n${first},\n`), [['no_results', undefined, undefined]]);
});

test('an operator accepts accounts, takes a batch to the bank, and tells how each payout ended', async () => {
  await using t = await startPayments('local', {
    marketplaces: (shipped) => payingOutAtOnce(shipped, { provider: 'bank-file', attemptsMax: 1 }),
  });
  const admin = t.host.context({ roles: ['admin'], isConfirmed: true });
  const payoutIds: Id<'payout'>[] = [];
  const groups = [groupOf(), groupOf()];
  for (const group of groups) {
    await t.hold([group]);
    await t.payments.releaseHold(group, t.service);
    const owner = t.host.context({ memberId: group.sellerMemberId, roles: ['seller', 'admin'], isConfirmed: true });
    const of = { ownerKind: 'store', ownerId: group.storeId, currency: 'USD', holderName: '=Ann' } as const;
    const account = usAccount(`00012345000${groups.indexOf(group)}`);
    const { id: payoutAccountId } = await t.payments.setPayoutAccount({ ...of, account }, owner);
    await assert.rejects(t.payments.acceptPayoutAccount({ payoutAccountId }, owner), { code: 'OWN_PAYOUT' });
    await assert.rejects(t.payments.getSimulatedDeposits({ payoutAccountId }, owner), {
      code: 'PAYOUT_ACCOUNT_NOT_FOUND',
    });
    await assert.rejects(t.payments.verifyPayoutAccount({ payoutAccountId, amountsMinor: [1, 2] }, owner), {
      code: 'PAYOUT_ACCOUNT_PENDING',
    });
    const { items } = await t.payments.listPayoutAccountsToAccept({}, admin);
    assert.deepEqual(
      items.map(({ id }) => id),
      [payoutAccountId],
    );
    assert.equal((await t.payments.acceptPayoutAccount({ payoutAccountId }, admin)).state, 'verified');
    const request = { storeId: group.storeId, amount: { amountMinor: 9_000, currency: 'USD' as const } };
    payoutIds.push((await t.payments.requestPayout(request, owner)).id);
  }
  // No machine takes them: they wait for the operator, and can be taken back until then.
  await t.host.runTimers();
  assert.equal((await t.payments.listAllPayouts({ state: 'requested' }, admin)).items.length, 2);
  const batch = await t.payments.createPayoutBatch({ currency: 'USD' }, admin);
  const batchId = batch.id;
  assert.deepEqual(
    [batch.state, batch.handover, batch.payoutCount, batch.sum.amountMinor],
    ['created', 'file', 2, 18_000],
  );
  await assert.rejects(t.payments.createPayoutBatch({ currency: 'USD' }, admin), { code: 'NOTHING_TO_BATCH' });
  const unconfirmed = t.host.context({ roles: ['admin'] });
  await assert.rejects(t.payments.getPayoutBatchFile({ batchId }, unconfirmed), { code: 'CONFIRMATION_REQUIRED' });
  const { content } = await t.payments.getPayoutBatchFile({ batchId }, admin);
  assert.ok(content.includes(`"'=Ann"`) && content.includes('"000123450001"') && content.includes('"90.00"'));
  const early = t.payments.settlePayoutBatch({ batchId, results: [] }, admin);
  await assert.rejects(early, { code: 'PAYOUT_BATCH_CLOSED' });
  assert.equal((await t.payments.sendPayoutBatch({ batchId }, admin)).state, 'sent');
  const foreign = { batchId, results: [{ payoutId: newId('payout'), result: 'paid' as const }] };
  await assert.rejects(t.payments.settlePayoutBatch(foreign, admin), { code: 'PAYOUT_BATCH_NOT_FOUND' });
  const text = `payout_id,result,reason\n${payoutIds[0]},paid,\n${payoutIds[1]},account_refused,unknown holder\n`;
  // Told twice, and then otherwise: what has ended stays as it is.
  for (let times = 0; times < 2; times++)
    assert.equal((await t.payments.settlePayoutBatch({ batchId, text }, admin)).state, 'part_failed');
  const other = { batchId, results: [{ payoutId: payoutIds[0] as Id<'payout'>, result: 'failed' as const }] };
  await t.payments.settlePayoutBatch(other, admin);
  const { items } = await t.payments.listAllPayouts({ batchId }, admin);
  assert.deepEqual(
    items.map(({ state, failureReason }) => [state, failureReason]),
    [
      ['failed', 'unknown holder'],
      ['paid', null],
    ],
  );
  assert.deepEqual(
    await Promise.all(groups.map(async ({ storeId }) => (await t.balanceOf(storeId))?.availableMinor)),
    [0, 9_000],
  );
  assert.deepEqual(await t.mismatches(), []);
});

test('what comes back before the bank said that it was paid is its owner’s again, once', async () => {
  await using t = await startPayments('local', {
    marketplaces: (shipped) => payingOutAtOnce(shipped, { provider: 'bank-file', attemptsMax: 1 }),
  });
  const admin = t.host.context({ roles: ['admin'], isConfirmed: true });
  const { storeId, sellerMemberId, ...group } = groupOf();
  await t.hold([{ ...group, storeId, sellerMemberId }]);
  await t.payments.releaseHold(group, t.service);
  const owner = t.host.context({ memberId: sellerMemberId, roles: ['seller'], isConfirmed: true });
  const of = { ownerKind: 'store', ownerId: storeId, currency: 'USD', holderName: 'Ann' } as const;
  const { id: payoutAccountId } = await t.payments.setPayoutAccount({ ...of, account: usAccount() }, owner);
  await t.payments.acceptPayoutAccount({ payoutAccountId }, admin);
  const amount = { amountMinor: 9_000, currency: 'USD' } as const;
  const { id: payoutId } = await t.payments.requestPayout({ storeId, amount }, owner);
  const { id: batchId } = await t.payments.createPayoutBatch({ currency: 'USD' }, admin);
  await t.payments.sendPayoutBatch({ batchId }, admin);
  for (const result of ['returned', 'returned', 'paid'] as const) {
    const batch = await t.payments.settlePayoutBatch({ batchId, results: [{ payoutId, result }] }, admin);
    assert.equal(batch.state, 'part_failed');
  }
  assert.equal((await t.balanceOf(storeId))?.availableMinor, 9_000);
  assert.deepEqual(await t.mismatches(), []);
});
