import { identityContract } from '@plaza/identity/contract';
import { Currency, type Id, serviceContext } from '@plaza/kernel';
import type { PlazaClient } from '@plaza/sdk';
import type { Plaza } from './plaza.ts';

export const PASSWORD = 'correct horse battery staple';
export const ADDRESS = {
  recipientName: 'Ada Buyer',
  phone: '+1 503 555 0100',
  line1: '12 Lamp Street',
  city: 'Portland',
  region: 'OR',
  postalCode: '97201',
  countryCode: 'US',
};

export type Member = {
  readonly client: PlazaClient;
  readonly token: string;
  readonly memberId: string;
  readonly email: string;
};
export type Shop = Member & { readonly storeId: Id<'store'> };
export type Offered = { readonly listingId: string; readonly slug: string; readonly variantId: string };

let counter = 0;

/** A new member of a marketplace, signed in. */
export async function signUp(plaza: Plaza, marketplace: string, name = 'member'): Promise<Member> {
  const email = `${name}-${process.pid}-${++counter}@example.test`;
  const answer = await plaza.client({ marketplace }).identity.signUp({ email, password: PASSWORD, displayName: name });
  return {
    client: plaza.client({ marketplace, token: answer.token }),
    token: answer.token,
    memberId: answer.member.id,
    email,
  };
}

/** A new seller with a store. */
export async function openShop(plaza: Plaza, marketplace: string, name = 'Old Light'): Promise<Shop> {
  const member = await signUp(plaza, marketplace, 'seller');
  const store = await member.client.catalog.createStore({
    name: `${name} ${++counter}`,
    description: 'Lamps with a past.',
  });
  return { ...member, storeId: store.id };
}

/** A published listing with one variant, in the first category of its kind that asks for no attributes. */
export async function offer(
  plaza: Plaza,
  marketplace: string,
  shop: Shop,
  {
    stock = 10,
    priceMinor = 4500,
    title = 'Vintage lamp',
    condition = 'good',
  }: { stock?: number | null; priceMinor?: number; title?: string; condition?: string } = {},
): Promise<Offered> {
  const { currency } = await plaza.client({ marketplace }).admin.getMarketplace({ marketplaceId: marketplace });
  const categoryId = await plainCategory(plaza, marketplace);
  const draft = await shop.client.catalog.createListing({
    storeId: shop.storeId,
    kind: 'physical',
    title,
    description: 'Brass, 1960s, works.',
    categoryId,
    condition,
    isOfferAllowed: true,
    variants: [{ price: { amountMinor: priceMinor, currency: Currency.parse(currency) }, onHand: stock }],
  });
  const listing = await shop.client.catalog.publishListing({ listingId: draft.id });
  return { listingId: listing.id, slug: listing.slug, variantId: listing.variants[0]?.id ?? '' };
}

type CategoryNode = { id: string; kinds: string[]; attributes: { required?: boolean }[]; children: CategoryNode[] };

/** A category for physical things that asks for no attributes. */
export async function plainCategory(plaza: Plaza, marketplace: string): Promise<string> {
  const settings = (await plaza
    .client({ marketplace })
    .admin.getMarketplace({ marketplaceId: marketplace })) as unknown as { categories: CategoryNode[] };
  const all = (nodes: readonly CategoryNode[]): CategoryNode[] =>
    nodes.flatMap((node) => [node, ...all(node.children)]);
  const found = all(settings.categories).find(
    ({ kinds, attributes, children }) =>
      children.length === 0 && kinds.includes('physical') && attributes.every(({ required }) => required !== true),
  );
  if (found === undefined) throw new Error(`${marketplace} has no category without required attributes`);
  return found.id;
}

/** Buys one variant at once, from the first call to the outcome. */
export async function buy(
  client: PlazaClient,
  variantId: string,
  {
    quantity = 1,
    token = 'pm_card_visa',
    email = 'ada@example.test',
    address = ADDRESS,
  }: { quantity?: number; token?: string; email?: string; address?: typeof ADDRESS } = {},
) {
  const checkout = await client.orders.createCheckout({
    buyNow: { variantId, quantity },
    email,
    address,
  });
  return client.orders.completeCheckout({ checkoutId: checkout.id, payment: { methodId: 'simulated-card', token } });
}

/** A member who is a buyer, a seller, a moderator and an admin at once. */
export async function signUpWithEveryRole(plaza: Plaza, marketplace: string): Promise<Member> {
  return withEveryRole(plaza, marketplace, await signUp(plaza, marketplace, 'everything'));
}

/** The same member with every role. */
export async function withEveryRole<M extends Member>(plaza: Plaza, marketplace: string, member: M): Promise<M> {
  const identity = plaza.internal('identity', identityContract);
  const context = serviceContext('system-test', marketplace, 'every-role');
  for (const role of ['seller', 'moderator', 'admin'] as const)
    await identity.grantRole({ memberId: member.memberId, role }, context);
  return member;
}
