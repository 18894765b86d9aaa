import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Context, Id } from '@plaza/kernel';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import { sql } from '@plaza/runtime';
import type { Quote } from './domain/quote.ts';
import { ADDRESS, type BuyingHost, listingOf, startBuying } from './testing/buying-host.ts';
import { refusedWith } from './testing/sold.ts';
import { type StripeTaxServer, startStripeTax } from './testing/stripe-tax-server.ts';

const NEW_YORK = { ...ADDRESS, line1: '5 Fifth Avenue', city: 'New York', region: 'NY', postalCode: '10003' };

/** The shipped marketplaces, of which one asks Stripe Tax. */
function asking(onFailure: 'refuse' | 'table'): (shipped: Marketplaces) => Marketplaces {
  const taxEngine = { provider: 'stripe-tax', pricesIncludeTax: false, timeoutMs: 300, onFailure } as const;
  return (shipped) => {
    const settingsOf: Marketplaces['get'] = (id) =>
      id === 'bazaar' ? { ...shipped.get(id), taxEngine } : shipped.get(id);
    return { ...shipped, get: settingsOf, list: () => shipped.list().map(({ id }) => settingsOf(id)) };
  };
}

async function start(server: StripeTaxServer, onFailure: 'refuse' | 'table'): Promise<BuyingHost> {
  const environment = { STRIPE_API_BASE: server.url, PLAZA_BAZAAR_STRIPE_SECRET_KEY: 'sk_test_tax' };
  return startBuying({ marketplaces: asking(onFailure), environment });
}

const begin = (buying: BuyingHost, buyer: Context, variantId: Id<'variant'>) =>
  buying.orders.createCheckout({ buyNow: { variantId, quantity: 1 }, email: 'ada@example.com' }, buyer);

/** The quote that is frozen with a checkout. */
async function frozen(buying: BuyingHost): Promise<Quote> {
  const queries = buying.host.database('orders').read('bazaar');
  return (
    await queries.one<{ quote: Quote }>(sql`select quote from orders.checkout order by created_time desc limit 1`)
  ).quote;
}

describe('taxes by an outside engine', () => {
  let server: StripeTaxServer;
  let buying: BuyingHost;
  let variantId: Id<'variant'>;
  before(async () => {
    server = await startStripeTax();
    buying = await start(server, 'refuse');
    variantId = (await listingOf(buying)).variantId;
  });
  after(async () => {
    await buying?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  test('it is asked once for what it is asked about, and its answer is what is bought', async () => {
    const buyer = buying.host.context();
    const asked = server.requests.length;
    const { id: checkoutId } = await begin(buying, buyer, variantId);
    assert.equal(server.requests.length, asked, 'without an address there is nothing to ask');
    const keyed = { ...buyer, idempotencyKey: 'with-an-address' };
    const taxed = await buying.orders.updateCheckout({ checkoutId, address: NEW_YORK }, keyed);
    assert.equal(server.requests.length, asked + 1);
    const { form, authorization } = server.requests.at(-1) as StripeTaxServer['requests'][number];
    assert.equal(authorization, 'Bearer sk_test_tax');
    assert.deepEqual(
      ['currency', 'customer_details[address][state]', 'line_items[0][amount]', 'line_items[1][tax_code]'].map((name) =>
        form.get(name),
      ),
      ['usd', 'NY', '4500', 'txcd_92010001'],
    );
    const [line] = taxed.groups[0]?.lines ?? [];
    assert.deepEqual([line?.taxName, line?.isTaxIncluded, line?.tax.amountMinor], ['Sales Tax', false, 180 + 219]);
    const shippingTax = taxed.totals.taxAdded.amountMinor - (line?.tax.amountMinor ?? 0);
    assert.ok(shippingTax > 0);

    const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
    await buying.orders.updateCheckout({ checkoutId, note: 'Ring twice', payment }, buyer);
    const { orderId } = await buying.orders.completeCheckout({ checkoutId }, buyer);
    assert.equal(server.requests.length, asked + 1, 'the same question is not asked again');
    const order = await buying.orders.getOrder({ orderId: orderId as Id<'order'> }, buyer);
    assert.deepEqual(order.taxAdded, taxed.totals.taxAdded);
    const { taxedBy } = await frozen(buying);
    assert.deepEqual(
      [taxedBy?.engine, taxedBy?.reference, taxedBy?.isFallback],
      ['stripe-tax', 'taxcalc_1OduxkBUZ691iUZ4iWvpMApI', false],
    );
  });

  for (const mood of ['refuses', 'hangs', 'lies'] as const) {
    test(`one that ${mood} is no answer: where the setting says so, the checkout is refused for now`, async () => {
      const buyer = buying.host.context();
      const { id: checkoutId } = await begin(buying, buyer, variantId);
      server.mood = mood;
      const withAddress = buying.orders.updateCheckout({ checkoutId, address: NEW_YORK }, buyer);
      await assert.rejects(withAddress, refusedWith('TAX_UNAVAILABLE'));
      server.mood = 'answers';
      const taxed = await buying.orders.updateCheckout({ checkoutId, address: NEW_YORK }, buyer);
      assert.ok(taxed.totals.taxAdded.amountMinor > 0);
    });
  }
});

test('where the setting says so, the table stands in and the quote says it; once the engine answers, the buyer sees its total', async () => {
  await using server = await startStripeTax();
  await using buying = await start(server, 'table');
  const { variantId } = await listingOf(buying);
  const buyer = buying.host.context();
  const { id: checkoutId } = await begin(buying, buyer, variantId);
  server.mood = 'hangs';
  const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
  const byTable = await buying.orders.updateCheckout({ checkoutId, address: NEW_YORK, payment }, buyer);
  assert.equal(byTable.groups[0]?.lines[0]?.tax.amountMinor, 180, 'New York by the table of the marketplace');
  assert.equal((await frozen(buying)).taxedBy?.isFallback, true);
  server.mood = 'answers';
  await assert.rejects(buying.orders.completeCheckout({ checkoutId }, buyer), refusedWith('PRICE_CHANGED'));
  assert.equal((await buying.orders.completeCheckout({ checkoutId }, buyer)).outcome, 'completed');
});

test('a marketplace with an engine and without its secret does not start', async () => {
  await assert.rejects(startBuying({ marketplaces: asking('table') }), /PLAZA_BAZAAR_STRIPE_SECRET_KEY/);
});
