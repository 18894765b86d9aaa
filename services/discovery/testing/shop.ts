import { catalogService } from '@plaza/catalog';
import type { catalogContract } from '@plaza/catalog/contract';
import type { Context, Id } from '@plaza/kernel';
import { mediaService } from '@plaza/media';
import type { AnyServiceDefinition } from '@plaza/runtime';
import { type Binding, startTestHost, type TestHost } from '@plaza/runtime/testing';
import type { discoveryContract } from '../contract.ts';
import { discoveryService } from '../index.ts';

const clients = { identity: { grantRole: async () => ({}) }, payments: { openStoreAccount: async () => ({}) } };

/** Discovery with a catalog below it, `more` services, and what a test says about visitors. */
export async function startDiscovery(binding: Binding = 'local', more: readonly AnyServiceDefinition[] = []) {
  const host = await startTestHost([mediaService, catalogService, ...more, discoveryService], { binding, clients });
  return {
    host,
    discovery: host.client<typeof discoveryContract>('discovery'),
    admin: host.context({ roles: ['admin'] }),
    /** A guest who agreed to be remembered, by a browser of this name. */
    visitor: (visitorId: string = crypto.randomUUID(), more: Partial<NonNullable<Context['visit']>> = {}): Context => ({
      ...host.guest(),
      visit: { visitorId, userAgent: 'Firefox', isTrackingRefused: false, ...more },
    }),
    [Symbol.asyncDispose]: () => host.close(),
  };
}

export type NewListing = { readonly title: string; readonly externalId?: string; readonly categoryId?: string };

/** Listings of one new store, on sale and known to discovery; their ids, in order. */
export async function publish<const Listings extends readonly NewListing[]>(
  host: TestHost,
  listings: Listings,
  marketplaceId = 'bazaar',
): Promise<{ readonly [Index in keyof Listings]: Id<'listing'> }> {
  const catalog = host.client<typeof catalogContract>('catalog');
  const seller = host.context({ roles: ['seller'], marketplaceId });
  const store = await catalog.createStore({ name: `Store ${crypto.randomUUID().slice(0, 8)}` }, seller);
  const ids: Id<'listing'>[] = [];
  for (const { title, externalId = null, categoryId = 'phones' } of listings) {
    const draft = await catalog.createListing(
      {
        storeId: store.id,
        title,
        categoryId,
        condition: 'good',
        externalId,
        attributes: { color: 'black', brand: 'Acme' },
        variants: [{ price: { amountMinor: 4500, currency: marketplaceId === 'jaikod' ? 'THB' : 'USD' }, onHand: 3 }],
      },
      seller,
    );
    await catalog.publishListing({ listingId: draft.id }, seller);
    ids.push(draft.id);
  }
  await host.deliver();
  // One of each, in their order.
  return ids as unknown as { readonly [Index in keyof Listings]: Id<'listing'> };
}
