import { catalogService } from '@plaza/catalog';
import type { catalogContract, Listing } from '@plaza/catalog/contract';
import type { Client, Context, Id } from '@plaza/kernel';
import { marketingService } from '@plaza/marketing';
import type { marketingContract } from '@plaza/marketing/contract';
import { mediaService } from '@plaza/media';
import { paymentsService } from '@plaza/payments';
import type { paymentsContract } from '@plaza/payments/contract';
import { type AnyServiceDefinition, defineService, type Platform } from '@plaza/runtime';
import { startTestHost, type TestHost, type TestHostOptions } from '@plaza/runtime/testing';
import { subscriptionsService } from '@plaza/subscriptions';
import { createBuying } from '../buying.ts';
import type { ordersContract } from '../contract.ts';
import type { AfterPlacement, OrdersDependencies, SellingDependencies } from '../dependencies.ts';
import type { CheckoutRecord } from '../domain/checkout.ts';
import type { LockedPrice } from '../domain/locked-price.ts';
import { ordersService } from '../index.ts';
import { openProcesses } from '../processes.ts';
import { createSelling } from '../selling.ts';
import { openTaxEngines } from '../tax/engines.ts';

type Death = { readonly moment: 'before' | 'after'; readonly happen: () => void };

/** The orders service as it is, with the real services below it; accepted offers may be given in a list besides. */
export type BuyingHost = AsyncDisposable & {
  readonly host: TestHost;
  readonly orders: Client<typeof ordersContract>;
  readonly catalog: Client<typeof catalogContract>;
  readonly marketing: Client<typeof marketingContract>;
  readonly payments: Client<typeof paymentsContract>;
  readonly seller: Context;
  readonly storeId: Id<'store'>;
  /** Checkouts that became orders, as `placeOrder` got them; only committed ones. */
  readonly placed: CheckoutRecord[];
  readonly offers: LockedPrice[];
  /** Set, it is thrown in the place of the next order: the process dies there. */
  failure: { nextOrder?: Error };
  /** The next effect on money hangs for ever, unasked or unheard, as if its process had died; resolves when it does. */
  dieAtMoney(moment: Death['moment']): Promise<void>;
};

export async function startBuying(
  options: { clients?: Record<string, unknown>; more?: readonly AnyServiceDefinition[] } & Omit<
    TestHostOptions,
    'clients' | 'onInternal'
  > = {},
): Promise<BuyingHost> {
  const placed: CheckoutRecord[] = [];
  const offers: LockedPrice[] = [];
  const failure: { nextOrder?: Error } = {};
  const fate: { next?: Death } = {};
  const service = defineService({
    ...ordersService,
    create: (
      platform: Platform,
      clients: Omit<OrdersDependencies, keyof Platform> & { media: SellingDependencies['media'] },
    ) => {
      const { catalog, marketing, media, subscriptions } = clients;
      const payments = {
        ...clients.payments,
        releaseHold: mortal(clients.payments.releaseHold, fate),
        refundGroup: mortal(clients.payments.refundGroup, fate),
      };
      const processes = openProcesses(platform.marketplaces);
      const dependencies = { ...platform, catalog, marketing, payments, subscriptions, media, processes };
      const selling = createSelling(dependencies);
      const after: AfterPlacement = {
        ...selling.after,
        async placeOrder(tx, sale) {
          const { nextOrder } = failure;
          delete failure.nextOrder;
          if (nextOrder !== undefined) throw nextOrder;
          await selling.after.placeOrder(tx, sale);
          tx.afterCommit(() => void placed.push(sale.checkout));
        },
        findLockedPrices: async (queries, marketplaceId, ids, now) => [
          ...offers.filter(({ offerId }) => ids.includes(offerId)),
          ...(await selling.after.findLockedPrices(queries, marketplaceId, ids, now)),
        ],
      };
      const buying = createBuying({ ...dependencies, after, taxEngines: openTaxEngines(platform) });
      return {
        handlers: { ...buying.handlers, ...selling.handlers },
        reactions: [...buying.reactions, ...selling.reactions],
        timers: [...buying.timers, ...selling.timers],
        start: () => processes.keep(platform.database),
      };
    },
  });
  const { more = [], ...hostOptions } = options;
  const below = [mediaService, paymentsService, subscriptionsService, catalogService, marketingService, ...more];
  const host = await startTestHost([...below, service], {
    ...hostOptions,
    clients: { identity: { grantRole: async () => ({}) }, ...options.clients },
    onInternal: (fault) => {
      if (fault.cause !== INTENDED) throw fault.cause ?? fault;
    },
  });
  const catalog = host.client<typeof catalogContract>('catalog');
  const seller = host.context({ roles: ['buyer', 'seller'] });
  const store = await catalog.createStore({ name: 'Old Light' }, seller);
  return {
    host,
    catalog,
    orders: host.client<typeof ordersContract>('orders'),
    marketing: host.client<typeof marketingContract>('marketing'),
    payments: host.client<typeof paymentsContract>('payments'),
    seller,
    storeId: store.id,
    placed,
    offers,
    failure,
    dieAtMoney: (moment) =>
      new Promise((happen) => {
        fate.next = { moment, happen };
      }),
    [Symbol.asyncDispose]: () => host.close(),
  };
}

/** A call that ends its process when `fate` says so: it never answers. */
function mortal<Input, Answer>(
  call: (input: Input, context: Context) => Promise<Answer>,
  fate: { next?: Death },
): (input: Input, context: Context) => Promise<Answer> {
  return async (input, context) => {
    const { next } = fate;
    delete fate.next;
    if (next === undefined) return call(input, context);
    if (next.moment === 'after') await call(input, context);
    next.happen();
    return new Promise<Answer>(() => {});
  };
}

/** A failure that a test provokes: not a mistake of ours. */
export const INTENDED = new Error('provoked by a test');

/** A published listing of the store with one variant. */
export async function listingOf(
  { catalog, seller, storeId }: Pick<BuyingHost, 'catalog' | 'seller' | 'storeId'>,
  given: { title?: string; onHand?: number | null; priceMinor?: number } = {},
): Promise<{ listing: Listing; variantId: Id<'variant'> }> {
  const price = { amountMinor: given.priceMinor ?? 4500, currency: 'USD' as const };
  const onHand = given.onHand === undefined ? 10 : given.onHand;
  const draft = await catalog.createListing(
    {
      storeId,
      title: given.title ?? 'Vintage lamp',
      categoryId: 'home',
      attributes: {},
      condition: 'good',
      variants: [{ price, onHand }],
    },
    seller,
  );
  const listing = await catalog.publishListing({ listingId: draft.id }, seller);
  const variantId = listing.variants[0]?.id;
  if (variantId === undefined) throw new Error('a listing has a variant');
  return { listing, variantId };
}

export const ADDRESS = {
  recipientName: 'Ada Buyer',
  phone: '+1 503 555 0100',
  line1: '12 Lamp Street',
  city: 'Portland',
  region: 'OR',
  postalCode: '97201',
  countryCode: 'US',
};

/** A checkout with everything it needs. */
export async function readyCheckout(
  { orders }: Pick<BuyingHost, 'orders'>,
  buyer: Context,
  wanted: { variantId: Id<'variant'>; quantity?: number; token?: string; couponCode?: string },
) {
  const cart = await orders.createCart({ variantId: wanted.variantId, quantity: wanted.quantity ?? 1 }, buyer);
  if (wanted.couponCode !== undefined) await orders.applyCoupon({ cartId: cart.id, code: wanted.couponCode }, buyer);
  return orders.createCheckout(
    {
      cartId: cart.id,
      email: 'ada@example.com',
      address: ADDRESS,
      payment: { methodId: 'simulated-card', token: wanted.token ?? 'pm_card_visa' },
    },
    buyer,
  );
}
