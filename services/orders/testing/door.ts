import assert from 'node:assert/strict';
import type { Context, Id } from '@plaza/kernel';
import { ADDRESS, type BuyingHost } from './buying-host.ts';

const MX = {
  ...ADDRESS,
  phone: '+52 55 1234 5678',
  city: 'CDMX',
  region: 'CDMX',
  postalCode: '06000',
  countryCode: 'MX',
};

/** A store on Gamarriando that takes cash at the door, and what it sells: a lamp for 450.00. */
export async function storeAtDoor({ host, catalog, payments }: BuyingHost, { accepts = true } = {}) {
  const marketplaceId = 'gamarriando';
  const seller = host.context({ roles: ['buyer', 'seller'], marketplaceId });
  const { id: storeId } = await catalog.createStore({ name: `Luz ${Math.random()}` }, seller);
  await host.deliver();
  if (accepts) await payments.setCashOnDelivery({ storeId, accepts }, seller);
  const draft = await catalog.createListing(
    {
      storeId,
      title: 'Lámpara',
      categoryId: 'home',
      attributes: {},
      condition: 'new',
      variants: [{ price: { amountMinor: 45_000, currency: 'MXN' }, onHand: 5 }],
    },
    seller,
  );
  const { variants } = await catalog.publishListing({ listingId: draft.id }, seller);
  const variantId = variants[0]?.id;
  assert.ok(variantId);
  return { marketplaceId, seller, storeId, variantId };
}

export type StoreAtDoor = Awaited<ReturnType<typeof storeAtDoor>>;

/** A checkout of one piece of each of these stores, to be paid at the door unless said otherwise. */
export async function checkoutAtDoor(
  { orders }: BuyingHost,
  stores: readonly Pick<StoreAtDoor, 'variantId'>[],
  buyer: Context,
  methodId = 'cash',
) {
  let cartId: Id<'cart'> | undefined;
  for (const { variantId } of stores) {
    if (cartId === undefined) cartId = (await orders.createCart({ variantId, quantity: 1 }, buyer)).id;
    else await orders.addCartLine({ cartId, variantId, quantity: 1 }, buyer);
  }
  assert.ok(cartId);
  return orders.createCheckout({ cartId, email: 'ada@example.com', address: MX, payment: { methodId } }, buyer);
}
