import { type Id, uuidFromId } from '@plaza/kernel';
import type { MarketplaceSettings, Marketplaces } from '@plaza/kernel/marketplace';
import { sql } from '@plaza/runtime';
import { startPayments } from './sale.ts';
import { SECRET_KEY, StripeServer, WEBHOOK_SECRET } from './stripe-server.ts';

export { openPayoutAccount, payingOutAtOnce } from './payout-account.ts';
export { StripeServer, TEST_METHODS } from './stripe-server.ts';

/** So short that a lost answer is lost soon. */
const TIMEOUT_MS = '250';

/** The environment of a marketplace whose Stripe is at `url`. */
export function stripeEnvironment(url: string): Record<string, string> {
  return {
    STRIPE_API_BASE: url,
    STRIPE_TIMEOUT_MS: TIMEOUT_MS,
    PLAZA_BAZAAR_STRIPE_SECRET_KEY: SECRET_KEY,
    PLAZA_BAZAAR_STRIPE_PUBLISHABLE_KEY: 'pk_test_plaza',
    PLAZA_BAZAAR_STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  };
}

/** The shipped marketplaces, one of them with other ways to pay. */
export function withPaymentMethods(
  shipped: Marketplaces,
  marketplaceId: string,
  paymentMethods: MarketplaceSettings['paymentMethods'],
): Marketplaces {
  const change = (settings: MarketplaceSettings) =>
    settings.id === marketplaceId ? { ...settings, paymentMethods } : settings;
  return { ...shipped, get: (id) => change(shipped.get(id)), list: () => shipped.list().map(change) };
}

export const STRIPE_CARD = { id: 'card', label: { en: 'Card' }, provider: 'stripe', kind: 'card', routes: [] } as const;

/** A running payments service whose Bazaar takes cards by Stripe, and the Stripe it speaks to. */
export async function startWithStripe(binding: 'local' | 'remote' = 'local') {
  const stripe = await StripeServer.start();
  const running = await startPayments(binding, {
    environment: stripeEnvironment(stripe.url),
    marketplaces: (shipped) => withPaymentMethods(shipped, 'bazaar', [{ ...STRIPE_CARD, routes: [] }]),
  });
  return {
    ...running,
    stripe,
    /** Posts a webhook to the service; answers the status. */
    tell: async (request: Request, marketplaceId = 'bazaar') => {
      const route = running.host.routes('payments').find(({ path }) => path === '/api/v1/webhooks/stripe');
      if (route === undefined) throw new Error('Stripe has no webhook route');
      return (await route.handle(request, running.host.service({ marketplaceId }))).status;
    },
    /** The data of announced events of a type, oldest first. */
    announced: async (type: string) => {
      const queries = running.host.database('payments').read('bazaar');
      const rows = await queries.rows<{ data: Record<string, unknown> }>(
        sql`select envelope -> 'data' as data from payments.outbox where envelope ->> 'type' = ${type} order by id`,
      );
      return rows.map(({ data }) => data);
    },
    /** Puts a payment back to where it was written down and not yet decided, as a process leaves it that dies there. */
    rewind: async (paymentId: Id<'payment'>) => {
      await running.host
        .database('payments')
        .read('bazaar')
        .execute(sql`update payments.payment set state = 'created' where id = ${uuidFromId(paymentId)}`);
    },
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      await stripe[Symbol.asyncDispose]();
    },
  };
}
