import type { catalogContract } from '@plaza/catalog/contract';
import type { Client, Context, Id, MemberId, Role } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { ordersContract } from '@plaza/orders/contract';
import { kindOf } from './listing-input.ts';
import type { DemoAccounts } from './members.ts';
import type { OpenStore } from './open-store.ts';
import { orNothing } from './or-nothing.ts';

/** What placing the demo's orders needs of orders. */
export type DemoOrders = Pick<
  Client<typeof ordersContract>,
  | 'createCart'
  | 'addCartLine'
  | 'applyCoupon'
  | 'createCheckout'
  | 'completeCheckout'
  | 'listOrders'
  | 'getOrder'
  | 'shipOrder'
  | 'takeOrderAction'
  | 'refundOrder'
>;

/** A marketplace of the demo with its stores open. */
export type Street = {
  readonly orders: DemoOrders;
  readonly catalog: Client<typeof catalogContract>;
  readonly settings: MarketplaceSettings;
  readonly context: Context;
  readonly accounts: DemoAccounts;
  readonly stores: readonly OpenStore[];
};

const ADDRESSES = {
  US: { line1: '1420 SE Ankeny Street', city: 'Portland', region: 'OR', postalCode: '97214' },
  TH: { line1: '99/1 ถนนพญาไท แขวงทุ่งพญาไท', city: 'ราชเทวี', region: 'กรุงเทพมหานคร', postalCode: '10400' },
  MX: { line1: 'Av. Álvaro Obregón 120, Roma Norte', city: 'Ciudad de México', region: 'CDMX', postalCode: '06700' },
} as const;

/**
 * The demo buyer's purchases: one of the demo seller's that is on its way, one that waits to be sent, and one cart over
 * two other stores with a coupon. Placed only by a buyer without any order, so that a repeat adds none.
 */
export async function seedOrders(street: Street): Promise<number> {
  const { orders, context, accounts } = street;
  const buyer = memberContext(context, accounts.buyer, ['buyer']);
  const { items } = await orders.listOrders({ limit: 1 }, buyer);
  if (items.length > 0) return 0;
  const own = street.stores.find(({ store }) => store.owner === undefined);
  const others = street.stores.filter(({ store }) => store.owner !== undefined);
  const placed: Id<'order'>[] = [];
  const [first, second] = own === undefined ? [] : await plentiful(street, own, 2);
  for (const variantId of [first, second]) {
    if (variantId === undefined) continue;
    placed.push(await buy(street, buyer, { buyNow: { variantId, quantity: 1 } }));
  }
  const sent = placed[0];
  if (sent !== undefined) await send(street, sent, accounts.seller);
  const basket = (await Promise.all(others.map((store) => plentiful(street, store, 1)))).flat().slice(0, 2);
  const [one, ...more] = basket;
  if (one !== undefined) {
    const cart = await orders.createCart({ variantId: one, quantity: 1 }, buyer);
    for (const variantId of more) await orders.addCartLine({ cartId: cart.id, variantId, quantity: 1 }, buyer);
    await orders.applyCoupon({ cartId: cart.id, code: 'WELCOME10' }, buyer);
    placed.push(await buy(street, buyer, { cartId: cart.id }));
  }
  return placed.length;
}

type Variant = Awaited<ReturnType<Client<typeof catalogContract>['getListing']>>['variants'][number];
type CheckoutInput = Parameters<DemoOrders['createCheckout']>[0];
type Payment = NonNullable<CheckoutInput['payment']>;

/** First variants of up to `count` listings of which enough are left after a purchase. */
async function plentiful(street: Street, at: OpenStore, count: number): Promise<Variant['id'][]> {
  const { catalog, context } = street;
  const found: Variant['id'][] = [];
  for (const listing of at.store.listings) {
    if (found.length === count) break;
    const isPlenty = kindOf(listing) === 'digital' || (kindOf(listing) === 'physical' && (listing.stock ?? 1) > 1);
    const listingId = isPlenty ? at.listings.get(listing.handle)?.id : undefined;
    if (listingId === undefined) continue;
    const { variants } = await catalog.getListing({ listingId }, context);
    const variant = variants.find(({ freeQuantity }) => freeQuantity === null || freeQuantity > 0);
    if (variant !== undefined) found.push(variant.id);
  }
  return found;
}

const CARD: Payment = { methodId: 'simulated-card', token: 'pm_card_visa' };

/** Pays for a cart, or for one thing, with a card that is never refused unless said otherwise; to be sent to an address in the marketplace's first country. */
export async function buy(
  { orders, settings }: Street,
  buyer: Context,
  what: Pick<CheckoutInput, 'buyNow' | 'cartId'>,
  { name, email } = { name: 'Bo Buyer', email: 'buyer@demo.test' },
  payment: Payment = CARD,
): Promise<Id<'order'>> {
  const [country = 'US'] = settings.countries;
  const place = ADDRESSES[country as keyof typeof ADDRESSES] ?? ADDRESSES.US;
  const checkout = await orders.createCheckout(
    {
      ...what,
      email,
      address: { recipientName: name, phone: '+1 503 555 0142', ...place, countryCode: country },
      payment,
    },
    buyer,
  );
  const { outcome, orderId } = await orders.completeCheckout({ checkoutId: checkout.id }, buyer);
  if (orderId === null) throw new Error(`a demo order was not placed: ${outcome}`);
  return orderId;
}

/** A seller ships their part; what is delivered at once, as downloads are, offers no such action. */
export async function send(
  { orders, settings, context }: Street,
  orderId: Id<'order'>,
  sellerId: MemberId,
): Promise<void> {
  const seller = memberContext(context, sellerId, ['buyer', 'seller']);
  const [carrier] = settings.shipping.carriers;
  const shipment = { carrier: carrier?.name ?? 'Post', trackingNumber: 'DEMO-000-418' };
  await orNothing('ACTION_NOT_ALLOWED', orders.shipOrder({ orderId, ...shipment }, seller));
}

/** A call that a demo account makes. */
export function memberContext(context: Context, memberId: MemberId, roles: Role[]): Context {
  return { ...context, actor: { kind: 'member', memberId, roles } };
}
