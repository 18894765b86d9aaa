import assert from 'node:assert/strict';
import { ADDRESS, type BuyingHost } from './buying-host.ts';

const PRICE = { amountMinor: 200_000, currency: 'THB' as const };

/** A used lamp that one person sold another on JaiKod: paid, its money held. */
export async function sellOnJaikod(buying: BuyingHost) {
  const { host, catalog, orders } = buying;
  const marketplaceId = 'jaikod';
  const seller = host.context({ roles: ['buyer', 'seller'], marketplaceId });
  const buyer = host.context({ marketplaceId });
  const { id: storeId } = await catalog.createStore({ name: 'Old Light' }, seller);
  const draft = await catalog.createListing(
    {
      storeId,
      title: 'Vintage lamp',
      categoryId: 'home',
      attributes: {},
      condition: 'good',
      variants: [{ price: PRICE, onHand: 1 }],
    },
    seller,
  );
  const { variants } = await catalog.publishListing({ listingId: draft.id }, seller);
  const variantId = variants[0]?.id;
  assert.ok(variantId);
  const checkout = await orders.createCheckout(
    {
      buyNow: { variantId, quantity: 1 },
      email: 'ada@example.com',
      address: { ...ADDRESS, phone: '+66 81 234 5678', city: 'Bangkok', postalCode: '10110', countryCode: 'TH' },
      payment: { methodId: 'simulated-card', token: 'pm_card_visa' },
    },
    buyer,
  );
  const { orderId } = await orders.completeCheckout({ checkoutId: checkout.id }, buyer);
  assert.ok(orderId);
  return { ...buying, seller, buyer, storeId, variantId, orderId };
}
