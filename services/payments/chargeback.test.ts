import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Id, newId, uuidFromId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import type { HoldGroup } from './contract.ts';
import { SIGNATURE_HEADER, type SimulatedWebhook, signWebhook, webhookSecret } from './provider/simulated-webhook.ts';
import { groupOf, sellerOf, startPayments, type TestPayments } from './testing/sale.ts';
import { walletOf } from './testing/wallet.ts';

const DAY = new Date('2026-12-01T00:00:00Z').toISOString();

type Told = Pick<Extract<SimulatedWebhook, { type: `dispute.${string}` }>, 'type'> & {
  readonly id?: string;
  readonly feeMinor?: number;
  readonly amountMinor?: number;
};

/** A webhook of the simulated provider about one chargeback of a payment. */
function disputeOf(paymentId: Id<'payment'>, told: Told): SimulatedWebhook {
  return {
    id: told.id ?? `${told.type}-${paymentId}`,
    type: told.type,
    marketplaceId: 'bazaar',
    paymentId,
    disputeReference: uuidFromId(paymentId),
    amount: { amountMinor: told.amountMinor ?? 10_000, currency: 'USD' },
    feeMinor: told.feeMinor ?? 1_500,
    reason: 'product_not_received',
    evidenceDueTime: DAY,
  };
}

async function tell({ host }: TestPayments, webhook: SimulatedWebhook): Promise<number> {
  const body = JSON.stringify(webhook);
  const secret = webhookSecret('test-signing-key', 'bazaar');
  const headers = { [SIGNATURE_HEADER]: signWebhook(secret, body, host.now()) };
  const request = new Request('http://localhost/api/v1/webhooks/simulated', { method: 'POST', headers, body });
  const route = host.routes('payments').find(({ path }) => path.endsWith('/simulated'));
  assert.ok(route);
  return (await route.handle(request, host.service())).status;
}

const admin = ({ host }: TestPayments) => host.context({ roles: ['admin'] });

async function onlyChargeback(t: TestPayments) {
  const { items } = await t.payments.listChargebacks({}, admin(t));
  assert.equal(items.length, 1);
  return items[0] as (typeof items)[number];
}

/** What an account of the platform holds, in minor units. */
async function heldBy(t: TestPayments, purpose: string): Promise<number> {
  const { lines } = await t.payments.getTrialBalance({}, admin(t));
  return lines.find((line) => line.purpose === purpose)?.balanceMinor ?? 0;
}

test('an open chargeback keeps the money where it is; won, everything goes on, and the fee that stands is borne', async () => {
  await using t = await startPayments();
  const group = groupOf();
  const { payment } = await t.hold([group]);
  await tell(t, disputeOf(payment.id, { type: 'dispute.opened' }));
  assert.equal(await heldBy(t, 'chargeback_receivable'), -11_500);
  assert.equal(await heldBy(t, 'provider_clearing'), 1_500);
  await assert.rejects(t.payments.releaseHold(group, t.service), { code: 'PAYMENT_DISPUTED' });
  const refund = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 100, reason: 'late' };
  await assert.rejects(t.payments.refundGroup(refund, t.service), { code: 'PAYMENT_DISPUTED' });
  assert.deepEqual(await t.mismatches(), []);

  await tell(t, disputeOf(payment.id, { type: 'dispute.won' }));
  assert.equal(await heldBy(t, 'chargeback_receivable'), 0);
  assert.equal(await heldBy(t, 'bad_debt'), -1_500);
  await t.payments.refundGroup(refund, t.service);
  assert.equal((await t.payments.releaseHold(group, t.service)).state, 'released');
  assert.deepEqual(await t.mismatches(), []);
});

test('lost after the payout, the seller owes it with its fee; the next sale pays that first; the rest is written off', async () => {
  await using t = await startPayments();
  const group = groupOf();
  const { payment } = await t.hold([group]);
  await t.payments.releaseHold(group, t.service);
  const seller = sellerOf(t.host, group);
  const amount = { amountMinor: 9_000, currency: 'USD' as const };
  await t.openAccount(group);
  await t.payments.requestPayout({ storeId: group.storeId, amount }, seller);
  await tell(t, disputeOf(payment.id, { type: 'dispute.opened' }));
  await tell(t, disputeOf(payment.id, { type: 'dispute.lost' }));
  const { id: chargebackId } = await onlyChargeback(t);
  const bearers = [{ groupId: group.groupId, bearer: 'seller' as const }];
  const settled = await t.payments.settleChargeback({ chargebackId, bearers }, t.service);
  assert.deepEqual(await t.payments.settleChargeback({ chargebackId, bearers: [] }, t.service), settled);
  assert.deepEqual(
    settled.parts.map(({ bearer, amountMinor, feeMinor }) => [bearer, amountMinor, feeMinor]),
    [['seller', 10_000, 1_500]],
  );
  assert.equal((await t.balanceOf(group.storeId))?.owedMinor, 10_500);
  await assert.rejects(
    t.payments.refundGroup(
      { refundId: newId('refund'), groupId: group.groupId, amountMinor: 1, reason: 'twice' },
      t.service,
    ),
    { code: 'REFUND_EXCEEDS_PAID' },
  );

  const next = groupOf({ storeId: group.storeId, sellerMemberId: group.sellerMemberId });
  await t.hold([next]);
  await t.payments.releaseHold(next, t.service);
  const balance = await t.balanceOf(group.storeId);
  assert.deepEqual([balance?.availableMinor, balance?.owedMinor], [0, 1_500]);
  const { items } = await t.payments.listDebtEntries({ storeId: group.storeId, currency: 'USD' }, seller);
  assert.deepEqual(
    items.map(({ kind, amount: moved, balanceAfterMinor }) => [kind, moved.amountMinor, balanceAfterMinor]),
    [
      ['release', 9_000, -1_500],
      ['chargeback', -10_500, -10_500],
    ],
  );

  const operator = admin(t);
  const { storeId } = group;
  const write = (amountMinor: number) =>
    t.payments.writeOffDebt({ storeId, amount: { amountMinor, currency: 'USD' }, reason: 'closed' }, operator);
  await assert.rejects(write(1_501), { code: 'DEBT_TOO_SMALL' });
  assert.equal((await t.payments.listDebts({}, operator)).items[0]?.owed.amountMinor, 1_500);
  assert.equal((await write(1_500)).owedMinor, 0);
  assert.equal(await heldBy(t, 'bad_debt'), -1_500);
  assert.deepEqual((await t.payments.listDebts({}, operator)).items, []);
  assert.deepEqual(await t.mismatches(), []);
});

test('a platform that bears it leaves the seller untouched, and an earlier refund is not given back twice', async () => {
  await using t = await startPayments();
  const group = groupOf();
  const { payment } = await t.hold([group]);
  const early = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 3_000, reason: 'scratched' };
  await t.payments.refundGroup(early, t.service);
  await tell(t, disputeOf(payment.id, { type: 'dispute.opened' }));
  const { id: chargebackId } = await onlyChargeback(t);
  const operator = admin(t);
  await t.payments.ruleChargeback({ chargebackId, bearer: 'platform', reason: 'proof of shipment' }, operator);
  await tell(t, disputeOf(payment.id, { type: 'dispute.lost' }));
  const settled = await t.payments.getChargeback({ chargebackId }, operator);
  assert.deepEqual([settled.state, settled.isSettled], ['lost', true]);
  assert.equal(await heldBy(t, 'bad_debt'), -11_500);
  await assert.rejects(
    t.payments.ruleChargeback({ chargebackId, bearer: 'seller', reason: 'changed my mind' }, operator),
    { code: 'CHARGEBACK_CLOSED' },
  );
  await assert.rejects(t.payments.refundGroup({ ...early, refundId: newId('refund'), amountMinor: 7_001 }, t.service), {
    code: 'REFUND_EXCEEDS_PAID',
  });
  assert.equal((await t.payments.releaseHold(group, t.service)).sellerMinor, 6_300);
  assert.deepEqual(await t.mismatches(), []);
});

test('a refund decided before the bank did gives the platform back what it bears of it, whenever it comes, once', async () => {
  for (const isReleased of [false, true]) {
    await using t = await startPayments();
    const group = groupOf({ totalMinor: 9_500, platformFundedMinor: 500 });
    const { payment } = await t.hold([group]);
    const told = { amountMinor: 8_000, feeMinor: 0 };
    await tell(t, disputeOf(payment.id, { type: 'dispute.opened', ...told }));
    const { id: chargebackId } = await onlyChargeback(t);
    await t.payments.ruleChargeback({ chargebackId, bearer: 'platform', reason: 'proof of shipment' }, admin(t));
    await tell(t, disputeOf(payment.id, { type: 'dispute.lost', ...told }));
    if (isReleased) await t.payments.releaseHold(group, t.service);
    const waited = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 3_800, reason: 'scratched' };
    const refund = await t.payments.refundGroup(waited, t.service);
    assert.equal(refund.amountMinor, 1_500, 'what the buyer has not got from the bank');
    await assert.rejects(t.payments.refundGroup(waited, t.service), { code: 'REFUND_ID_REUSED' });
    if (!isReleased) await t.payments.releaseHold(group, t.service);
    // 38 of 95: two fifths of everything were given back.
    assert.equal((await t.balanceOf(group.storeId))?.availableMinor, 5_400);
    assert.equal(await heldBy(t, 'commission'), 600);
    const rest = { ...waited, refundId: newId('refund'), amountMinor: 5_700 };
    assert.equal((await t.payments.refundGroup(rest, t.service)).amountMinor, 0);
    assert.equal((await t.balanceOf(group.storeId))?.availableMinor, 0);
    assert.deepEqual(await t.mismatches(), []);
  }
});

test('the card gets back no more than it paid: what it had before is not the seller’s again, and the wallet gets its own part', async () => {
  await using t = await startPayments();
  const wallet = await walletOf(t, 4_000);
  const payment = await wallet.pay(10_000, { walletMinor: 4_000 });
  const group = await wallet.hold(payment.id, 10_000);
  await wallet.refund(group.groupId, 3_000);
  await tell(t, disputeOf(payment.id, { type: 'dispute.opened', amountMinor: 6_000, feeMinor: 0 }));
  await tell(t, disputeOf(payment.id, { type: 'dispute.lost', amountMinor: 6_000, feeMinor: 0 }));
  const { id: chargebackId } = await onlyChargeback(t);
  const bearers = [{ groupId: group.groupId, bearer: 'seller' as const }];
  const { parts } = await t.payments.settleChargeback({ chargebackId, bearers }, t.service);
  assert.deepEqual(
    parts.map(({ amountMinor }) => amountMinor),
    [3_000],
  );
  assert.equal(await heldBy(t, 'bad_debt'), -3_000);
  assert.equal((await wallet.refund(group.groupId, 4_000)).walletMinor, 4_000);
  assert.equal(await wallet.available(), 4_000);
  assert.deepEqual(await t.mismatches(), []);
});

test('1,000 repeated and reordered webhooks of twenty chargebacks have one effect each', async () => {
  await using t = await startPayments();
  const payments: { id: Id<'payment'>; outcome: 'won' | 'lost' }[] = [];
  for (let i = 0; i < 20; i++) {
    const { payment } = await t.hold([groupOf()]);
    payments.push({ id: payment.id, outcome: i % 2 === 0 ? 'won' : 'lost' });
  }
  const storm = Array.from({ length: 1_000 }, (_, i) => {
    const { id, outcome } = payments[i % 20] as (typeof payments)[number];
    const type = i % 3 === 0 ? ('dispute.opened' as const) : (`dispute.${outcome}` as const);
    // Some are the same event again, some the same news under another name.
    return disputeOf(id, { type, id: `${id}-${type}-${i % 4}` });
  });
  // Any order, the same in every run.
  storm.sort((a, b) => ((a.id.length * 7 + a.id.charCodeAt(20)) % 13) - ((b.id.charCodeAt(22) + b.id.length) % 11));
  for (let i = 0; i < storm.length; i += 50)
    assert.deepEqual([...new Set(await Promise.all(storm.slice(i, i + 50).map((webhook) => tell(t, webhook))))], [200]);
  const { items } = await t.payments.listChargebacks({ limit: 100 }, admin(t));
  assert.deepEqual(
    new Map(items.map(({ paymentId, state }) => [paymentId, state])),
    new Map(payments.map(({ id, outcome }) => [id, outcome])),
  );
  const { count } = await t.host
    .database('payments')
    .read('bazaar')
    .one<{ count: number }>(
      sql`select count(*)::int as count from payments.transfer where kind in ('chargeback_won', 'chargeback_lost')`,
    );
  assert.ok(count <= 20, 'decided once each');
  assert.equal(await heldBy(t, 'chargeback_receivable'), -10 * 11_500);
  assert.deepEqual(await t.mismatches(), []);
});

test('the simulated bank takes a sale back, looks at the evidence once, and tells by webhook', async () => {
  await using t = await startPayments();
  const group = groupOf();
  const { orderId } = await t.hold([group]);
  const operator = admin(t);
  await t.payments.openSimulatedChargeback({ orderId }, operator);
  await t.host.runTimers();
  const { id: chargebackId, canSendEvidence, orderId: told } = await onlyChargeback(t);
  assert.deepEqual([canSendEvidence, told], [true, orderId]);
  const text = 'It was delivered: winning_evidence.';
  const sent = await t.payments.submitChargebackEvidence({ chargebackId, text }, operator);
  assert.deepEqual([sent.evidence?.sentBy, sent.evidence?.text], ['plaza', text]);
  await assert.rejects(t.payments.submitChargebackEvidence({ chargebackId, text }, operator), {
    code: 'EVIDENCE_SUBMITTED',
  });
  await t.host.runTimers();
  assert.equal((await t.payments.getChargeback({ chargebackId }, operator)).state, 'won');
  await assert.rejects(t.payments.decideSimulatedChargeback({ chargebackId, outcome: 'lost' }, operator), {
    code: 'CHARGEBACK_CLOSED',
  });
  for (const who of [t.host.context({ roles: ['moderator'] }), sellerOf(t.host, group)])
    await assert.rejects(t.payments.getChargeback({ chargebackId }, who), { code: 'FORBIDDEN' });
  assert.deepEqual(await t.mismatches(), []);
});

/** A refund that its provider refused, as the operator finds it. */
async function failedRefund(t: TestPayments, group: HoldGroup): Promise<Id<'refund'>> {
  const refundId = newId('refund');
  await t.payments.refundGroup({ refundId, groupId: group.groupId, amountMinor: 2_500, reason: 'broken' }, t.service);
  await t.host
    .database('payments')
    .read('bazaar')
    .execute(
      sql`update payments.refund set state = 'failed', failure_reason = 'expired_card' where id = ${uuidFromId(refundId)}`,
    );
  return refundId;
}

test('a refund that failed is tried again or sent by hand: one of the two, and once', async () => {
  await using t = await startPayments();
  const group = groupOf();
  await t.hold([group]);
  const operator = admin(t);
  const refundId = await failedRefund(t, group);
  assert.deepEqual(
    (await t.payments.listFailedRefunds({}, operator)).items.map(({ id, failureReason }) => [id, failureReason]),
    [[refundId, 'expired_card']],
  );
  const { items: byId } = await t.payments.getRefunds({ refundIds: [refundId, newId('refund')] }, t.host.service());
  assert.deepEqual(
    byId.map(({ id, state }) => [id, state]),
    [[refundId, 'failed']],
  );
  assert.equal((await t.payments.retryRefund({ refundId }, operator)).state, 'succeeded');
  await assert.rejects(t.payments.settleRefundByHand({ refundId, reference: 'TT-1' }, operator), {
    code: 'REFUND_NOT_FAILED',
  });

  const other = await failedRefund(t, group);
  const results = await Promise.allSettled([
    ...Array.from({ length: 5 }, () => t.payments.settleRefundByHand({ refundId: other, reference: 'TT-2' }, operator)),
    t.payments.retryRefund({ refundId: other }, operator),
  ]);
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.deepEqual((await t.payments.listFailedRefunds({}, operator)).items, []);
  assert.ok([0, 2_500].includes(await heldBy(t, 'sent_by_hand')));
  assert.deepEqual(await t.mismatches(), []);
});

test('a lost chargeback of a top-up leaves the wallet; what was spent of it is owed, and the wallet is put on hold', async () => {
  await using t = await startPayments();
  const wallet = await walletOf(t);
  const topUp = await wallet.topUp(10_000);
  await wallet.hold((await wallet.pay(7_000)).id, 7_000);
  for (const _twice of [1, 2]) await tell(t, disputeOf(topUp.id, { type: 'dispute.opened' }));
  assert.equal(await wallet.available(), 3_000, 'until the bank has decided it is theirs');
  assert.deepEqual(await t.mismatches(), []);
  await tell(t, disputeOf(topUp.id, { type: 'dispute.lost' }));
  const { id: chargebackId, state, isSettled } = await onlyChargeback(t);
  assert.deepEqual([state, isSettled], ['lost', false], 'no sale says who bears it: an operator does');
  const ruling = { chargebackId, bearer: 'seller', reason: 'their own card' } as const;
  await t.payments.ruleChargeback(ruling, admin(t));
  assert.equal((await onlyChargeback(t)).isSettled, true);
  const after = await wallet.get();
  assert.deepEqual([after.availableMinor, after.owedMinor, after.state], [0, 7_000, 'frozen']);
  assert.deepEqual([await heldBy(t, 'chargeback_receivable'), await heldBy(t, 'bad_debt')], [0, -1_500]);
  assert.equal((await t.payments.getPayment({ paymentId: topUp.id }, wallet.member)).state, 'refunded');
  assert.deepEqual(await t.mismatches(), []);
});

test('what comes into a wallet that owes pays that first, so that nobody takes out what the platform is owed', async () => {
  await using t = await startPayments();
  const wallet = await walletOf(t);
  const { memberId } = wallet;
  const topUp = await wallet.topUp(10_000);
  const { groupId } = await wallet.hold((await wallet.pay(7_000)).id, 7_000);
  const mixed = await wallet.pay(5_000, { walletMinor: 2_000, token: 'pm_card_challenge' });
  assert.equal(mixed.state, 'requires_action');
  await tell(t, disputeOf(topUp.id, { type: 'dispute.opened' }));
  await tell(t, disputeOf(topUp.id, { type: 'dispute.lost' }));
  const { id: chargebackId } = await onlyChargeback(t);
  await t.payments.ruleChargeback({ chargebackId, bearer: 'seller', reason: 'their own card' }, admin(t));
  const stands = async () => {
    const { availableMinor, reservedMinor, owedMinor } = await wallet.get();
    return [availableMinor, reservedMinor, owedMinor];
  };
  assert.deepEqual(await stands(), [0, 2_000, 9_000]);
  await t.payments.cancelPayment({ paymentId: mixed.id }, t.service);
  assert.deepEqual(await stands(), [0, 0, 7_000], 'what was kept back for a payment that did not come');
  await wallet.refund(groupId, 4_000);
  assert.deepEqual(await stands(), [0, 0, 3_000], 'a refund');
  await t.payments.unfreezeWallet({ memberId, reason: 'they pay it back' }, admin(t));
  await wallet.topUp(5_000);
  assert.deepEqual(await stands(), [2_000, 0, 0], 'a top-up');
  await wallet.refund(groupId, 1_000);
  assert.deepEqual(await stands(), [3_000, 0, 0]);
  const { items } = await t.payments.listWalletMovements({ limit: 4 }, wallet.member);
  assert.deepEqual(
    items.map(({ kind, amount }) => [kind, amount.amountMinor]),
    [
      ['refund', 1_000],
      ['wallet_debt_repaid', -3_000],
      ['top_up', 5_000],
      ['wallet_debt_repaid', -4_000],
    ],
  );
  assert.deepEqual(await t.mismatches(), []);
});

test('a refund that was never sent is what the bank gave back: nobody sends it again, and nobody bears it', async () => {
  await using t = await startPayments();
  const group = groupOf();
  const { payment } = await t.hold([group]);
  const refundId = await failedRefund(t, group);
  for (const type of ['dispute.opened', 'dispute.lost'] as const)
    await tell(t, disputeOf(payment.id, { type, feeMinor: 0 }));
  const { id: chargebackId } = await onlyChargeback(t);
  const bearers = [{ groupId: group.groupId, bearer: 'seller' as const }];
  const { parts } = await t.payments.settleChargeback({ chargebackId, bearers }, t.service);
  assert.deepEqual(
    parts.map(({ amountMinor }) => amountMinor),
    [7_500],
  );
  assert.deepEqual((await t.payments.listFailedRefunds({}, admin(t))).items, []);
  await assert.rejects(t.payments.retryRefund({ refundId }, admin(t)), { code: 'REFUND_NOT_FAILED' });
  assert.deepEqual([await heldBy(t, 'bad_debt'), await heldBy(t, 'provider_clearing')], [0, 0]);
  assert.deepEqual(await t.mismatches(), []);
});
