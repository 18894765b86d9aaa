import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { serviceContext } from '@plaza/kernel';
import { paymentsContract } from '@plaza/payments/contract';
import { PlazaError } from '@plaza/sdk';
import { eventually } from './support/eventually.ts';
import { createInstallation } from './support/installation.ts';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { buy, offer, openShop } from './support/shop.ts';

const KILLS = 30;
const BUYERS = 8;
const STOCK = 100_000;
/** Longer than a dead worker's lease and the timer that looks for it. */
const RECOVERY_MS = 150_000;

test(`killed ${KILLS} times in the middle of a checkout storm, nothing is lost and nothing is half done`, async () => {
  const installation = await createInstallation();
  let plaza: Plaza | undefined;
  try {
    plaza = await startPlaza({ installation });
    const shop = await openShop(plaza, 'bazaar');
    const { variantId } = await offer(plaza, 'bazaar', shop, { stock: STOCK });
    let completedAnswers = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      let isOver = false;
      const running = plaza;
      const underWay = Promise.withResolvers<void>();
      const buyers = Array.from({ length: BUYERS }, async () => {
        while (!isOver) {
          try {
            const { outcome } = await buy(running.client({ marketplace: 'bazaar', guestId: randomUUID() }), variantId);
            if (outcome !== 'completed') continue;
            completedAnswers++;
            underWay.resolve();
          } catch (error) {
            // The process died under the request; anything else would be a finding.
            if (!(error instanceof PlazaError) || error.code !== 'UNREACHABLE') throw error;
            return;
          }
        }
      });
      // A moment that no one chose: the kill must be harmless at any, of a server that has just started (every other time)
      // and of one in the middle of selling.
      if (kill % 2 === 0) await Promise.race([underWay.promise, Promise.all(buyers)]);
      await delay(50 + Math.random() * 500);
      await running.kill();
      isOver = true;
      await Promise.all(buyers);
      plaza = await startPlaza({ installation });
    }
    assert.ok(completedAnswers >= KILLS / 2, 'every other kill waited until something was bought');
    const last = plaza;

    await eventually(
      async () => {
        const [open] = await last.rows<{ checkouts: number; events: number; effects: number }>(`
          select (select count(*)::int from orders.checkout where state in ('completing', 'awaiting_payment') or (state = 'completed' and due_time is not null)) as checkouts,
            (select count(*)::int from orders.outbox) + (select count(*)::int from payments.outbox) + (select count(*)::int from catalog.outbox) as events,
            (select count(*)::int from orders.effect where due_time is not null) as effects`);
        assert.deepEqual(open, { checkouts: 0, events: 0, effects: 0 });
      },
      { withinMs: RECOVERY_MS, everyMs: 1000 },
    );

    const [counts] = await last.rows<Record<string, number>>(`
      select (select count(*)::int from orders.placed_order) as orders,
        (select count(*)::int from payments.payment where state = 'captured') as captured,
        (select count(*)::int from orders.placed_order o where not exists (select from payments.payment p where p.id = o.payment_id and p.state = 'captured' and p.amount_minor = o.total_minor)) as orders_without_payment,
        (select count(*)::int from payments.payment p where p.state = 'captured' and not exists (select from orders.placed_order o where o.payment_id = p.id)) as payments_without_order,
        (select count(*)::int from (select checkout_id from payments.payment where state = 'captured' group by checkout_id having count(*) > 1) twice) as charged_twice,
        (select count(*)::int from payments.hold) as holds`);
    const orders = counts?.orders ?? 0;
    assert.ok(
      orders >= completedAnswers,
      `every order that was answered must be there: ${orders} of ${completedAnswers}`,
    );
    assert.deepEqual(counts, {
      orders,
      captured: orders,
      orders_without_payment: 0,
      payments_without_order: 0,
      charged_twice: 0,
      holds: orders,
    });

    const [stock] = await last.rows<{ on_hand: number; held: number }>(`
      select (select on_hand::int from catalog.variant) as on_hand,
        (select coalesce(sum(quantity), 0)::int from catalog.reservation r, unnest(r.quantities) as quantity where r.state = 'committed') as held`);
    assert.deepEqual(stock, { on_hand: STOCK - orders, held: orders }, 'each order took its piece exactly once');

    const ledger = await last
      .internal('payments', paymentsContract)
      .checkLedger({}, serviceContext('test', 'bazaar', 'test'));
    assert.deepEqual(ledger.mismatches, []);
    assert.equal(ledger.isConsistent, true);
  } finally {
    await plaza?.stop();
    await installation.remove();
  }
});
