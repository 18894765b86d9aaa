import type { catalogContract } from '@plaza/catalog/contract';
import type { Client, Context, Id } from '@plaza/kernel';
import type { Order } from '@plaza/orders/contract';
import type { reviewsContract } from '@plaza/reviews/contract';
import { DEMO_REVIEWS, type DemoReview } from './content/reviews/index.ts';
import { forEachLimited } from './limit.ts';
import { kindOf } from './listing-input.ts';
import type { OpenStore } from './open-store.ts';
import { orNothing } from './or-nothing.ts';
import { buy, type DemoOrders, memberContext, type Street, send } from './orders.ts';

/** What reviewing needs of reviews. */
export type DemoReviewing = Pick<Client<typeof reviewsContract>, 'createReview' | 'replyToReview' | 'listAllReviews'>;

/** Buyers at once: they wait for the same database. */
const BUYERS_AT_ONCE = 3;
/** Most steps from the placed order to its end: shipped, received, accepted. */
const STEPS_MAX = 4;

type Wish = DemoReview & { readonly listingId: Id<'listing'>; readonly sold: OpenStore };

/**
 * The people behind the stores buy from each other, keep it, and say what they think of it: the demo begins with stars. Their
 * accounts are there already, so it costs no password. Goes on where an earlier start was interrupted; answers how many reviews it wrote.
 */
export async function seedReviews(street: Street, reviews: DemoReviewing): Promise<number> {
  const { settings, context, accounts, stores } = street;
  const said = DEMO_REVIEWS[settings.id];
  if (said === undefined || !settings.features.reviews) return 0;
  const buyers = stores.flatMap((store) => {
    const wishes = (said[store.store.slug] ?? []).flatMap((each) => wishOf(each, stores));
    return store.store.owner === undefined || wishes.length === 0 ? [] : [{ store, wishes }];
  });
  const wanted = buyers.reduce((sum, { wishes }) => sum + wishes.length, 0);
  const moderator: Context = {
    ...context,
    actor: { kind: 'member', memberId: accounts.moderator, roles: ['moderator'] },
  };
  const { items } = await reviews.listAllReviews({ limit: 100 }, moderator);
  if (items.length >= Math.min(wanted, 100)) return 0;
  const written: number[] = [];
  await forEachLimited(buyers, BUYERS_AT_ONCE, async (buyer) => {
    written.push(await buyAndReview(street, reviews, buyer));
  });
  return written.reduce((sum, each) => sum + each, 0);
}

function wishOf(review: DemoReview, stores: readonly OpenStore[]): Wish[] {
  return stores.flatMap((sold) => {
    const found = sold.listings.get(review.of);
    return found?.state === 'published' ? [{ ...review, listingId: found.id, sold }] : [];
  });
}

async function buyAndReview(
  street: Street,
  reviews: DemoReviewing,
  { store: { store, ownerId }, wishes }: { readonly store: OpenStore; readonly wishes: readonly Wish[] },
): Promise<number> {
  const { orders, context } = street;
  const buyer = { ...memberContext(context, ownerId, ['buyer']), locale: store.locale };
  const [earlier] = (await orders.listOrders({ limit: 1 }, buyer)).items;
  const orderId = earlier?.id ?? (await buyWished(street, buyer, store, wishes));
  if (orderId === undefined) return 0;
  const order = await bringHome(street, buyer, orderId);
  const kept = new Set(order.groups.flatMap(({ lines }) => lines.map(({ listingId }) => listingId)));
  let written = 0;
  for (const wish of wishes.filter(({ listingId }) => kept.has(listingId)))
    if (await review(reviews, { orderId, wish }, { context, buyer })) written += 1;
  return written;
}

/** One cart over several stores; undefined when nothing of it can be had any more. */
async function buyWished(
  street: Street,
  buyer: Context,
  { slug, owner = '' }: OpenStore['store'],
  wishes: readonly Wish[],
): Promise<Id<'order'> | undefined> {
  const { orders } = street;
  let cartId: Awaited<ReturnType<DemoOrders['createCart']>>['id'] | undefined;
  for (const wish of wishes) {
    const variantId = await variantOf(street.catalog, street.context, wish);
    if (variantId === undefined) continue;
    if (cartId === undefined) cartId = (await orders.createCart({ variantId, quantity: 1 }, buyer)).id;
    else await orders.addCartLine({ cartId, variantId, quantity: 1 }, buyer);
  }
  return cartId && buy(street, buyer, { cartId }, { name: owner, email: `${slug}@demo.test` });
}

/** Its first variant of which some are left for visitors after this purchase. */
async function variantOf(
  catalog: Pick<Client<typeof catalogContract>, 'getListing'>,
  context: Context,
  { listingId, of, sold }: Wish,
) {
  const listing = sold.store.listings.find(({ handle }) => handle === of);
  const { variants } = await catalog.getListing({ listingId }, context);
  const leastLeft = listing !== undefined && kindOf(listing) === 'physical' ? 1 : 0;
  return variants.find(({ freeQuantity }) => freeQuantity === null || freeQuantity > leastLeft)?.id;
}

/** Takes every part of the order to its end by what its process offers: the buyer says yes; who has nothing to say waits for the store to send. */
async function bringHome(street: Street, buyer: Context, orderId: Id<'order'>): Promise<Order> {
  const { orders } = street;
  let order = await orders.getOrder({ orderId }, buyer);
  for (let steps = 0; steps < STEPS_MAX && order.groups.some(({ isFinal }) => !isFinal); steps++) {
    const offered = new Set<string>();
    for (const { isFinal, actions, storeId } of order.groups) {
      if (isFinal) continue;
      const yes = actions.find(({ isDestructive, asks }) => !isDestructive && asks.length === 0);
      const seller = street.stores.find((each) => each.storeId === storeId);
      if (yes !== undefined) offered.add(yes.name);
      else if (seller !== undefined) await send(street, orderId, seller.ownerId);
    }
    for (const action of offered) order = await orders.takeOrderAction({ orderId, action }, buyer);
    if (offered.size === 0) order = await orders.getOrder({ orderId }, buyer);
  }
  return order;
}

async function review(
  reviews: DemoReviewing,
  { orderId, wish: { listingId, stars, text, reply, sold } }: { orderId: Id<'order'>; wish: Wish },
  { context, buyer }: { context: Context; buyer: Context },
): Promise<boolean> {
  const input = { orderId, listingId, stars, ...(text === undefined ? {} : { text }) };
  const written = await orNothing('ALREADY_REVIEWED', reviews.createReview(input, buyer));
  if (written === undefined) return false;
  const seller = memberContext(context, sold.ownerId, ['buyer', 'seller']);
  if (reply !== undefined) await reviews.replyToReview({ reviewId: written.id, text: reply }, seller);
  return true;
}
