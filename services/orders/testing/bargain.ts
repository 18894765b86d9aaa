import assert from 'node:assert/strict';
import type { Context, Id } from '@plaza/kernel';
import { ADDRESS, type BuyingHost } from './buying-host.ts';

/** A seller's lamp for 1,000 baht in Jaikod, where offers are made, and a buyer. */
export async function bargain({ catalog, host }: BuyingHost) {
  const seller = host.context({ marketplaceId: 'jaikod', roles: ['buyer', 'seller'] });
  const buyer = host.context({ marketplaceId: 'jaikod' });
  const { id: storeId } = await catalog.createStore({ name: 'Old Light' }, seller);
  const listing = async (isOfferAllowed: boolean) => {
    const price = { amountMinor: 100_000, currency: 'THB' as const };
    const { id: listingId } = await catalog.createListing(
      {
        storeId,
        title: 'Lamp',
        categoryId: 'home',
        condition: 'good',
        isOfferAllowed,
        variants: [{ price, onHand: 10 }],
      },
      seller,
    );
    const [variant] = (await catalog.publishListing({ listingId }, seller)).variants;
    assert.ok(variant);
    return variant.id;
  };
  return { seller, buyer, listing, variantId: await listing(true) };
}

/** A checkout of what the offer is for, at its price, with everything it needs. */
export function checkoutOf({ orders }: BuyingHost, buyer: Context, variantId: Id<'variant'>, offerId: Id<'offer'>) {
  return orders.createCheckout(
    {
      buyNow: { variantId, offerId },
      email: 'ada@example.com',
      address: { ...ADDRESS, region: 'Bangkok', postalCode: '10110', countryCode: 'TH' },
      payment: { methodId: 'simulated-card', token: 'pm_card_visa' },
    },
    buyer,
  );
}
