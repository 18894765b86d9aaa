import assert from 'node:assert/strict';
import { type Context, Fault, type Id } from '@plaza/kernel';
import type { mediaContract } from '@plaza/media/contract';
import type { Order, ShipmentGroup } from '../contract/order.ts';
import { type BuyingHost, listingOf, readyCheckout } from './buying-host.ts';

/** A sale as it begins: paid, its money in escrow. */
type Sold = {
  readonly buyer: Context;
  readonly order: Order;
  readonly orderId: Id<'order'>;
  readonly group: ShipmentGroup;
  readonly groupId: Id<'shipmentGroup'>;
  readonly variantId: Id<'variant'>;
};

/** Sells one variant, a new lamp unless given, to a new member unless `buyer` is given. */
export async function sell(
  buying: BuyingHost,
  given: { variantId?: Id<'variant'>; quantity?: number; buyer?: Context; couponCode?: string } = {},
): Promise<Sold> {
  const buyer = given.buyer ?? buying.host.context();
  const variantId = given.variantId ?? (await listingOf(buying)).variantId;
  const { id: checkoutId } = await readyCheckout(buying, buyer, {
    variantId,
    quantity: given.quantity ?? 1,
    ...(given.couponCode === undefined ? {} : { couponCode: given.couponCode }),
  });
  const { orderId } = await buying.orders.completeCheckout({ checkoutId }, buyer);
  assert.ok(orderId);
  const order = await buying.orders.getOrder({ orderId }, buyer);
  const group = order.groups[0] as ShipmentGroup;
  return { buyer, order, orderId: order.id, group, groupId: group.id, variantId };
}

/** A published digital listing with one file. */
export async function digitalListing(buying: BuyingHost, priceMinor = 2000): Promise<Id<'variant'>> {
  const { catalog, host, seller, storeId } = buying;
  const media = host.client<typeof mediaContract>('media');
  const price = { amountMinor: priceMinor, currency: 'USD' as const };
  const draft = await catalog.createListing(
    {
      storeId,
      kind: 'digital',
      title: 'Low-poly chair',
      categoryId: 'digital-goods',
      attributes: { fileFormat: ['pdf'] },
      variants: [{ price, onHand: null }],
    },
    seller,
  );
  const file = await media.storeBytes(
    {
      purpose: 'listing-file',
      filename: 'chair.txt',
      base64: Buffer.from('a chair').toString('base64'),
      ownerMemberId: memberOf(seller),
    },
    host.service(),
  );
  await catalog.createRelease({ listingId: draft.id, version: '1.0', files: [{ assetId: file.id }] }, seller);
  const listing = await catalog.publishListing({ listingId: draft.id }, seller);
  const [variant] = listing.variants;
  assert.ok(variant);
  return variant.id;
}

function memberOf({ actor }: Context): Id<'member'> {
  assert.ok(actor.kind === 'member');
  return actor.memberId;
}

/** Expects a refusal by its code. */
export const refusedWith = (code: string) => (error: unknown) => error instanceof Fault && error.code === code;

/** Finishes what changes have set off, everywhere or in one marketplace, tells everybody, and holds the books against the orders. */
export async function settle({ host, payments }: BuyingHost, marketplaceId?: string): Promise<void> {
  await host.runTimers(marketplaceId);
  await host.deliver();
  assert.deepEqual((await payments.checkLedger({}, host.service())).mismatches, []);
}

/** The money of an order's first group, as payments keep it. */
export async function holdOf({ host, payments }: BuyingHost, orderId: Id<'order'>) {
  const { items } = await payments.listHolds({ orderId }, host.service());
  const hold = items[0];
  assert.ok(hold);
  return hold;
}

/** What the store may pay out. */
export async function availableMinor({ payments, seller, storeId }: BuyingHost): Promise<number> {
  const { balances } = await payments.getBalance({ storeId }, seller);
  return balances[0]?.availableMinor ?? 0;
}

/** Free pieces of a variant. */
export async function freeOf(
  { catalog, host }: BuyingHost,
  variantId: Id<'variant'>,
): Promise<number | null | undefined> {
  const { items } = await catalog.quoteVariants({ lines: [{ variantId, quantity: 1 }] }, host.service());
  return items[0]?.freeQuantity;
}
