import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  REPLAY_WINDOW_SECONDS,
  SIGNATURE_HEADER,
  type SimulatedWebhook,
  signWebhook,
  webhookSecret,
} from './provider/simulated-webhook.ts';
import { startPayments, type TestPayments } from './testing/sale.ts';

const SECRET = webhookSecret('test-signing-key', 'bazaar');

function requestOf(t: TestPayments, webhook: object, { secret = SECRET, at = t.host.now() } = {}): Request {
  const body = JSON.stringify(webhook);
  const headers = { [SIGNATURE_HEADER]: signWebhook(secret, body, at) };
  return new Request('http://localhost/api/v1/webhooks/simulated', { method: 'POST', headers, body });
}

async function send(t: TestPayments, request: Request, marketplaceId = 'bazaar'): Promise<number> {
  const [route] = t.host.routes('payments');
  assert.ok(route !== undefined);
  return (await route.handle(request, t.host.service({ marketplaceId }))).status;
}

test('1,000 repeated and reordered webhooks lead to one charge', async () => {
  await using t = await startPayments();
  const { id: paymentId } = await t.pay(1_500, 'pm_card_late');
  const base = { marketplaceId: 'bazaar', paymentId } as const;
  const storm: SimulatedWebhook[] = Array.from({ length: 1_000 }, (_, i) =>
    i % 3 === 0
      ? { ...base, id: `declined-${i % 5}`, type: 'charge.declined', declineCode: 'card_declined' }
      : { ...base, id: `captured-${i % 7}`, type: 'charge.captured' },
  );
  const statuses = await Promise.all(storm.map((webhook) => send(t, requestOf(t, webhook))));
  assert.deepEqual([...new Set(statuses)], [200]);
  const payment = await t.payments.getPayment({ paymentId }, t.service);
  assert.equal(payment.state, 'captured');
  const { transfers, mismatches } = await t.payments.checkLedger({}, t.service);
  assert.equal(transfers, 1);
  assert.deepEqual(mismatches, []);
});

test('a decline that arrives after its capture takes nothing back, and a capture after a decline counts', async () => {
  await using t = await startPayments();
  for (const order of [
    ['captured', 'declined'],
    ['declined', 'captured'],
  ] as const) {
    const { id: paymentId } = await t.pay(100, 'pm_card_late');
    for (const what of order) {
      const webhook = {
        id: `${paymentId}-${what}`,
        type: `charge.${what}`,
        marketplaceId: 'bazaar',
        paymentId,
        declineCode: 'x',
      };
      assert.equal(await send(t, requestOf(t, webhook)), 200);
    }
    assert.equal((await t.payments.getPayment({ paymentId }, t.service)).state, 'captured');
  }
  assert.deepEqual(await t.mismatches(), []);
});

test('webhooks that are forged, recorded, meant for others or malformed are refused', async () => {
  await using t = await startPayments();
  const { id: paymentId } = await t.pay(100, 'pm_card_late');
  const webhook = { id: 'one', type: 'charge.captured', marketplaceId: 'bazaar', paymentId } as const;
  const old = new Date(t.host.now().getTime() - (REPLAY_WINDOW_SECONDS + 5) * 1000);
  assert.equal(await send(t, requestOf(t, webhook, { secret: 'guessed' })), 400);
  assert.equal(await send(t, requestOf(t, webhook, { at: old })), 400);
  assert.equal(await send(t, requestOf(t, webhook), 'jaikod'), 400);
  assert.equal(await send(t, requestOf(t, { ...webhook, marketplaceId: 'jaikod' })), 400);
  assert.equal(await send(t, requestOf(t, { ...webhook, type: 'charge.lost' })), 400);
  assert.equal(await send(t, requestOf(t, { ...webhook, padding: 'x'.repeat(300_000) })), 400);
  assert.equal(await send(t, new Request('http://localhost/', { method: 'POST', body: 'hello' })), 400);
  assert.equal((await t.payments.getPayment({ paymentId }, t.service)).state, 'pending');
});

test('a webhook that overtakes our record of the payment is asked for again', async () => {
  await using t = await startPayments();
  const paymentId = 'pay_01k9w6x8f0e5rbq2m3n4p5q6r7';
  const webhook = { id: 'one', type: 'charge.captured', marketplaceId: 'bazaar', paymentId } as const;
  assert.equal(await send(t, requestOf(t, webhook)), 409);
  assert.equal(await send(t, requestOf(t, webhook)), 409);
});
