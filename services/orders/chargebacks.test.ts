import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Id } from '@plaza/kernel';
import type { ShipmentGroup } from './contract/order.ts';
import { type BuyingHost, startBuying } from './testing/buying-host.ts';
import { sellOnJaikod } from './testing/escrow-sale.ts';
import { availableMinor, holdOf, refusedWith, sell, settle } from './testing/sold.ts';

/** Until webhook, books and orders know of it. */
async function told(buying: BuyingHost): Promise<void> {
  for (let i = 0; i < 3; i++) await settle(buying);
}

async function contested(buying: BuyingHost, orderId: Id<'order'>, marketplaceId = 'bazaar') {
  const admin = buying.host.context({ roles: ['admin'], marketplaceId });
  await buying.payments.openSimulatedChargeback({ orderId }, admin);
  await told(buying);
  const { items } = await buying.payments.listChargebacks({ limit: 20 }, admin);
  const chargeback = items.find((each) => each.orderId === orderId);
  assert.ok(chargeback);
  const decide = async (outcome: 'won' | 'lost') => {
    await buying.payments.decideSimulatedChargeback({ chargebackId: chargeback.id, outcome }, admin);
    await told(buying);
  };
  return { admin, chargebackId: chargeback.id, decide };
}

test('while the bank decides, the sale runs on and its money waits; turned down, it is paid', async () => {
  await using buying = await startBuying();
  const { host, orders, seller } = buying;
  const { orderId, groupId, buyer } = await sell(buying);
  const { decide } = await contested(buying, orderId);
  const seen = await orders.getOrder({ orderId }, seller);
  assert.deepEqual(
    seen.chargebacks.map(({ state }) => state),
    ['opened'],
  );
  assert.deepEqual((await orders.getOrder({ orderId }, buyer)).chargebacks, []);
  const evidence = { orderId, groupId, text: 'Signed for.' };
  await orders.addChargebackEvidence(evidence, seller);
  await assert.rejects(orders.addChargebackEvidence(evidence, host.context({ roles: ['seller'] })), {
    code: 'ORDER_NOT_FOUND',
  });
  assert.equal((await orders.listChargebackEvidence({ orderId, groupId, limit: 5 }, seller)).items.length, 1);
  assert.equal((await orders.listEvidence({ orderId, groupId, limit: 5 }, buyer)).items.length, 0);

  await orders.shipOrder({ orderId, carrier: 'UPS', trackingNumber: '1' }, seller);
  await orders.confirmReceipt({ orderId }, buyer);
  await orders.confirmReceipt({ orderId }, buyer);
  await told(buying);
  assert.equal((await holdOf(buying, orderId)).state, 'held');
  const { released, waiting } = (await orders.getOrder({ orderId }, buyer)).groups[0] as ShipmentGroup;
  assert.deepEqual([waiting?.until, waiting?.release, waiting?.refund.amountMinor], ['decision', released, 0]);
  await decide('won');
  assert.equal((await orders.getOrder({ orderId }, buyer)).groups[0]?.waiting, null);
  assert.equal((await holdOf(buying, orderId)).state, 'released');
  assert.equal(await availableMinor(buying), 4875);
  await assert.rejects(orders.addChargebackEvidence(evidence, seller), refusedWith('EVIDENCE_CLOSED'));
});

test('canceled meanwhile, both sides see that the refund waits; turned down, it goes', async () => {
  await using buying = await startBuying();
  const { orders, seller } = buying;
  const { orderId, buyer, group } = await sell(buying);
  const { decide } = await contested(buying, orderId);
  await orders.cancelOrder({ orderId, reason: 'changed' }, buyer);
  await told(buying);
  for (const side of [buyer, seller]) {
    const [seen] = (await orders.getOrder({ orderId }, side)).groups;
    assert.equal(seen?.stateLabel.en, 'Canceled');
    assert.deepEqual([seen.waiting?.until, seen.waiting?.refund], ['decision', group.total]);
  }
  await decide('won');
  assert.equal((await orders.getOrder({ orderId }, buyer)).groups[0]?.waiting, null);
  assert.equal((await holdOf(buying, orderId)).state, 'refunded');
});

test('lost, the seller bears it by the process, the sale is at its end, and nothing goes back twice', async () => {
  await using buying = await startBuying();
  const { orders, seller } = buying;
  const { orderId, groupId, buyer, group } = await sell(buying);
  await orders.refundOrder({ orderId, groupId, amountMinor: 500, reason: 'a scratch' }, seller);
  const { decide } = await contested(buying, orderId);
  await orders.cancelOrder({ orderId, reason: 'changed' }, buyer);
  await decide('lost');
  const [after] = (await orders.getOrder({ orderId }, seller)).groups;
  assert.deepEqual(after?.refunded, group.total);
  assert.equal(after?.earnings?.amountMinor, 0);
  const hold = await holdOf(buying, orderId);
  assert.deepEqual([hold.state, hold.refundedMinor], ['refunded', group.total.amountMinor]);
  assert.equal(after?.isFinal, true);
});

test('where an operator rules, the money waits for the ruling; a platform that bears it pays the seller', async () => {
  await using buying = await startBuying();
  const sale = await sellOnJaikod(buying);
  const { orders, payments, host, seller, orderId, storeId } = sale;
  const { decide, admin, chargebackId } = await contested(sale, orderId, 'jaikod');
  await orders.takeOrderAction({ orderId, action: 'handOver' }, seller);
  await decide('lost');
  const [waiting] = (await orders.getOrder({ orderId }, seller)).groups;
  assert.equal(waiting?.state, 'shipped');
  await payments.ruleChargeback({ chargebackId, bearer: 'platform', reason: 'handed over before witnesses' }, admin);
  await told(sale);
  const order = await orders.getOrder({ orderId }, seller);
  const [after] = order.groups;
  assert.deepEqual([after?.state, after?.isFinal, order.chargebacks[0]?.isSettled], ['reversed', true, true]);
  const { balances } = await payments.getBalance({ storeId }, seller);
  assert.equal(balances[0]?.availableMinor, after?.earnings?.amountMinor);
  assert.ok((after?.earnings?.amountMinor ?? 0) > 0);
  const service = host.service({ marketplaceId: 'jaikod' });
  assert.deepEqual((await payments.checkLedger({}, service)).mismatches, []);
});

test('what a seller gave back while the bank decided stays given back when the platform bears the rest', async () => {
  await using buying = await startBuying();
  const { orders, payments, seller } = buying;
  const { orderId, groupId, group } = await sell(buying, { quantity: 2 });
  const { admin, chargebackId, decide } = await contested(buying, orderId);
  const lineId = group.lines[0]?.id;
  assert.ok(lineId);
  const oneOfTwo = { orderId, groupId, lines: [{ lineId, quantity: 1, isRestocked: true }], reason: 'broken' };
  await orders.refundLines({ ...oneOfTwo, includesShipping: false }, seller);
  await payments.ruleChargeback({ chargebackId, bearer: 'platform', reason: 'proof of shipment' }, admin);
  await decide('lost');
  const [after] = (await orders.getOrder({ orderId }, seller)).groups;
  assert.deepEqual([after?.state, after?.refunded], ['reversed', group.total]);
  assert.deepEqual([await availableMinor(buying), after?.earnings?.amountMinor], [4_275, 4_275], 'of the other one');
});

test('a sale that was canceled while the bank decided leaves nothing in escrow, whoever bears the loss', async () => {
  await using buying = await startBuying();
  const { orders, payments, seller } = buying;
  const { orderId, buyer } = await sell(buying);
  const { admin, chargebackId, decide } = await contested(buying, orderId);
  await orders.cancelOrder({ orderId, reason: 'changed' }, buyer);
  await payments.ruleChargeback({ chargebackId, bearer: 'platform', reason: 'the bank was wrong' }, admin);
  await decide('lost');
  const hold = await holdOf(buying, orderId);
  assert.deepEqual([hold.state, hold.sellerMinor], ['refunded', 0]);
  assert.equal((await orders.getOrder({ orderId }, seller)).groups[0]?.earnings?.amountMinor, 0);
});
