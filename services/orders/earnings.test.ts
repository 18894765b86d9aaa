import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Id, newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import type { subscriptionsContract } from '@plaza/subscriptions/contract';
import fc from 'fast-check';
import { commissionBy } from './domain/commission.ts';
import { listingOf, readyCheckout, startBuying } from './testing/buying-host.ts';
import { refusedWith } from './testing/sold.ts';

for (const binding of BINDINGS) {
  describe(`earnings before a sale, ${binding}`, () => {
    test('what is promised before listing is what a sale costs its seller', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, seller, storeId } = buying;
      const { listing, variantId } = await listingOf(buying, { priceMinor: 12_345 });
      const { categoryId, kind } = listing;
      const promised = await orders.estimateEarnings({ amountMinor: 12_345, categoryId, kind, storeId }, seller);
      const { rateBp, commission, commissionVat, earnings } = promised.current;
      assert.deepEqual([rateBp, commission.amountMinor, earnings.amountMinor], [500, 617, 11_728]);

      const buyer = host.context();
      const { id: checkoutId } = await readyCheckout(buying, buyer, { variantId });
      const { orderId } = await orders.completeCheckout({ checkoutId }, buyer);
      const sold = await orders.getOrder({ orderId: orderId as Id<'order'> }, seller);
      assert.equal(sold.groups[0]?.commission?.amountMinor, commission.amountMinor + commissionVat.amountMinor);
      assert.equal(promised.whatIf, null);
    });

    test("a store's plan lowers the commission, in the promise and in the sale, at no statement more", async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, seller, storeId, payments } = buying;
      await host.deliver();
      const { listing, variantId } = await listingOf(buying, { priceMinor: 10_000 });
      const sell = async () => {
        const buyer = host.context();
        const { id: checkoutId } = await readyCheckout(buying, buyer, { variantId });
        let orderId: string | null = null;
        const statements = await host.countStatements(async () => {
          ({ orderId } = await orders.completeCheckout({ checkoutId }, buyer));
        });
        const sold = await orders.getOrder({ orderId: orderId as unknown as Id<'order'> }, seller);
        return { statements, commissionMinor: sold.groups[0]?.commission?.amountMinor };
      };
      await sell();
      const before = await sell();
      const subscriptions = host.client<typeof subscriptionsContract>('subscriptions');
      await payments.saveMethod({ token: 'pm_card_visa' }, seller);
      await subscriptions.createSubscription({ ownerId: storeId, planId: 'plus', interval: 'month' }, seller);
      await host.deliver();
      const { categoryId, kind } = listing;
      const promised = await orders.estimateEarnings({ amountMinor: 10_000, categoryId, kind, storeId }, seller);
      assert.deepEqual([promised.planDiscountBp, promised.current.rateBp], [150, 350]);
      const after = await sell();
      assert.deepEqual([before.commissionMinor, after.commissionMinor], [500, 350]);
      assert.equal(after.statements, before.statements);
    });

    test('another rate is computed beside the one that holds, with its least, its most and its VAT', async () => {
      await using buying = await startBuying({ binding });
      const { orders, seller } = buying;
      const sale = { amountMinor: 10_000, categoryId: 'electronics', kind: 'physical' } as const;
      const { whatIf, current } = await orders.estimateEarnings(
        { ...sale, rateBp: 1_000, maxMinor: 800, vatBp: 700 },
        seller,
      );
      assert.equal(current.earnings.amountMinor, 9_500);
      assert.deepEqual(
        [whatIf?.commission.amountMinor, whatIf?.commissionVat.amountMinor, whatIf?.earnings.amountMinor],
        [800, 56, 9_144],
      );
      const { whatIf: least } = await orders.estimateEarnings({ ...sale, rateBp: 0, minMinor: 250 }, seller);
      assert.equal(least?.commission.amountMinor, 250);
    });

    test("another store's agreement is nobody else's business; an admin may ask for any", async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, storeId } = buying;
      const sale = { amountMinor: 10_000, categoryId: 'electronics', kind: 'physical', storeId } as const;
      await assert.rejects(
        orders.estimateEarnings(sale, host.context({ roles: ['seller'] })),
        refusedWith('STORE_NOT_FOUND'),
      );
      const admin = host.context({ roles: ['admin'] });
      assert.equal((await orders.estimateEarnings(sale, admin)).current.rateBp, 500);
      await assert.rejects(orders.estimateEarnings({ ...sale, storeId: newId('store') }, admin));
      await assert.rejects(orders.estimateEarnings({ ...sale, categoryId: 'no-such' }, admin));
      assert.deepEqual(
        (await orders.listCommissionRules({}, admin)).items.map(({ position, kind, rateBp }) => [
          position,
          kind,
          rateBp,
        ]),
        [
          [1, 'digital', 1_000],
          [2, null, 500],
        ],
      );
    });
  });
}

test('commission with its VAT is never below nothing nor above the amount, under any terms', () => {
  const amount = fc.nat(100_000_000);
  fc.assert(
    fc.property(
      amount,
      fc.record({
        rateBp: fc.nat(10_000),
        minMinor: fc.option(amount, { nil: undefined }),
        maxMinor: fc.option(amount, { nil: undefined }),
        vatBp: fc.nat(10_000),
      }),
      (amountMinor, terms) => {
        const { commissionMinor, commissionVatMinor } = commissionBy(terms, amountMinor);
        assert.ok(commissionMinor >= 0 && commissionVatMinor >= 0);
        assert.ok(commissionMinor + commissionVatMinor <= amountMinor);
        assert.ok(terms.maxMinor === undefined || commissionMinor <= terms.maxMinor);
      },
    ),
  );
});
