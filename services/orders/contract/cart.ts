import { idSchema, Money, operation } from '@plaza/kernel';
import { ListingKind } from '@plaza/kernel/marketplace';
import { z } from 'zod';
import { cartErrors as errors } from './cart-errors.ts';

export const CartId = idSchema('cart');
export const CartLineId = idSchema('cartLine');
const VariantId = idSchema('variant');
const OfferId = idSchema('offer');

/** Most different lines in a cart. */
export const CART_LINES_MAX = 100;
/** Most pieces of one line. */
export const LINE_QUANTITY_MAX = 10_000;

const Quantity = z.int().min(1).max(LINE_QUANTITY_MAX);
export const CouponCode = z
  .string()
  .trim()
  .min(2)
  .max(40)
  .regex(/^[\p{L}\p{N}_-]+$/u, 'must be letters, digits, hyphens and underscores')
  .meta({ examples: ['WELCOME10'] });

/**
 * Why a line cannot be bought as it stands, or what changed since it was added. Only PRICE_CHANGED lets a checkout
 * begin. Shown, never hidden: the buyer decides.
 */
export const CartProblem = z.object({
  code: z.enum(['PRICE_CHANGED', 'OUT_OF_STOCK', 'UNAVAILABLE', 'OFFER_ENDED', 'OWN_LISTING']),
  /** The price when it was added. With PRICE_CHANGED. */
  previousPrice: Money.optional(),
  /** Pieces that can be had. With OUT_OF_STOCK. */
  freeQuantity: z.int().optional(),
});
export type CartProblem = z.output<typeof CartProblem>;

export const CartLine = z.object({
  id: CartLineId,
  variantId: VariantId,
  listingId: idSchema('listing'),
  listingSlug: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  imageUrl: z.string().nullable(),
  kind: ListingKind,
  quantity: z.int(),
  unitPrice: Money,
  total: Money,
  /** The accepted offer that locks this line's price. */
  offerId: OfferId.nullable(),
  problems: z.array(CartProblem),
});
export type CartLine = z.output<typeof CartLine>;

/** The lines of one store; it ships and is paid apart from the others. */
export const CartGroup = z.object({
  storeId: idSchema('store'),
  storeName: z.string(),
  storeSlug: z.string(),
  lines: z.array(CartLine),
  subtotal: Money,
});

/** A coupon in a cart: what it takes off, or why it does not apply (yet). */
export const CartCoupon = z.object({
  code: z.string(),
  title: z.string(),
  /** Who bears it. */
  funder: z.enum(['platform', 'store']),
  storeId: idSchema('store').nullable(),
  discount: Money,
  problem: z
    .enum(['UNKNOWN', 'NOT_STARTED', 'ENDED', 'USED_UP', 'SUBTOTAL_TOO_LOW', 'NO_ELIGIBLE_LINE', 'SIGN_IN_NEEDED'])
    .nullable(),
});
export type CartCoupon = z.output<typeof CartCoupon>;

export const Cart = z
  .object({
    id: CartId,
    groups: z.array(CartGroup),
    coupons: z.array(CartCoupon),
    /** Pieces over all lines. */
    quantity: z.int(),
    subtotal: Money,
    discount: Money,
    /** Subtotal less discount; shipping and taxes not contained in prices come with the checkout. */
    total: Money,
    /** Whether a checkout can begin: there are lines, and none has a problem that prevents it. */
    isPurchasable: z.boolean(),
    version: z.int(),
    updatedTime: z.iso.datetime(),
  })
  .meta({ id: 'Cart' });
export type Cart = z.output<typeof Cart>;

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });

export const exampleCart: z.input<typeof Cart> = {
  id: 'crt_01k9w6x8f0e5rbq2m3n4p5q6r7',
  groups: [
    {
      storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
      storeName: 'Old Light',
      storeSlug: 'old-light',
      lines: [
        {
          id: 'crl_01k9w6x8f0e5rbq2m3n4p5q6r7',
          variantId: 'var_01k9w6x8f0e5rbq2m3n4p5q6r7',
          listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7',
          listingSlug: 'vintage-lamp-4p5q6r7s',
          title: 'Vintage lamp',
          variantTitle: 'Brass',
          imageUrl: null,
          kind: 'physical',
          quantity: 2,
          unitPrice: dollars(4500),
          total: dollars(9000),
          offerId: null,
          problems: [],
        },
      ],
      subtotal: dollars(9000),
    },
  ],
  coupons: [],
  quantity: 2,
  subtotal: dollars(9000),
  discount: dollars(0),
  total: dollars(9000),
  isPurchasable: true,
  version: 2,
  updatedTime: '2026-11-21T06:00:00.000Z',
};

const cartId = exampleCart.id;
const variantId = 'var_01k9w6x8f0e5rbq2m3n4p5q6r7';
const lineId = 'crl_01k9w6x8f0e5rbq2m3n4p5q6r7';

/** Carts over several stores, of guests and members. Every write answers the whole cart, priced now. */
export const cartOperations = {
  createCart: operation({
    summary: 'Makes a cart, empty or with a first line',
    description:
      'A member has one cart: it is answered (and the line added) when there is one already. A guest keeps the id; it opens the cart.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/carts' },
    input: z.object({ variantId: VariantId.optional(), quantity: Quantity.default(1), offerId: OfferId.optional() }),
    output: Cart,
    errors: [
      errors.VARIANT_NOT_FOUND,
      errors.VARIANT_UNAVAILABLE,
      errors.OUT_OF_STOCK,
      errors.OWN_LISTING,
      errors.OFFER_NOT_USABLE,
      errors.CART_FULL,
    ],
    example: { input: { variantId, quantity: 2 }, output: exampleCart },
  }),
  getCurrentCart: operation({
    summary: 'The cart of the signed-in member or of this guest',
    access: 'public',
    route: { method: 'GET', path: '/cart' },
    input: z.object({}),
    output: Cart,
    errors: [errors.CART_NOT_FOUND],
    example: { input: {}, output: exampleCart },
  }),
  getCart: operation({
    summary: 'A cart, priced now',
    access: 'public',
    route: { method: 'GET', path: '/carts/{cartId}' },
    input: z.object({ cartId: CartId }),
    output: Cart,
    errors: [errors.CART_NOT_FOUND],
    example: { input: { cartId }, output: exampleCart },
  }),
  addCartLine: operation({
    summary: 'Puts pieces of a variant into the cart; adds to its line when it is there already',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/carts/{cartId}/lines' },
    input: z.object({
      cartId: CartId,
      variantId: VariantId,
      quantity: Quantity.default(1),
      /** An accepted offer of yours for this variant: its price is locked. */
      offerId: OfferId.optional(),
    }),
    output: Cart,
    errors: [
      errors.CART_NOT_FOUND,
      errors.VARIANT_NOT_FOUND,
      errors.VARIANT_UNAVAILABLE,
      errors.OUT_OF_STOCK,
      errors.OWN_LISTING,
      errors.OFFER_NOT_USABLE,
      errors.CART_FULL,
    ],
    example: { input: { cartId, variantId, quantity: 2 }, output: exampleCart },
  }),
  updateCartLine: operation({
    summary: 'Sets the quantity of a line',
    access: 'public',
    idempotent: true,
    route: { method: 'PATCH', path: '/carts/{cartId}/lines/{lineId}' },
    input: z.object({ cartId: CartId, lineId: CartLineId, quantity: Quantity }),
    output: Cart,
    errors: [errors.CART_NOT_FOUND, errors.CART_LINE_NOT_FOUND, errors.OUT_OF_STOCK, errors.OFFER_NOT_USABLE],
    example: { input: { cartId, lineId, quantity: 2 }, output: exampleCart },
  }),
  removeCartLine: operation({
    summary: 'Takes a line out of the cart',
    access: 'public',
    idempotent: true,
    route: { method: 'DELETE', path: '/carts/{cartId}/lines/{lineId}' },
    input: z.object({ cartId: CartId, lineId: CartLineId }),
    output: Cart,
    errors: [errors.CART_NOT_FOUND],
    example: { input: { cartId, lineId }, output: exampleCart },
  }),
  applyCoupon: operation({
    summary: 'Adds a coupon by its code',
    description: 'One coupon of the platform and one of each store; another of the same takes the place of the first.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/carts/{cartId}/coupons' },
    input: z.object({ cartId: CartId, code: CouponCode }),
    output: Cart,
    errors: [errors.CART_NOT_FOUND, errors.COUPON_NOT_FOUND, errors.COUPON_NOT_USABLE],
    example: { input: { cartId, code: 'WELCOME10' }, output: exampleCart },
  }),
  removeCoupon: operation({
    summary: 'Takes a coupon out of the cart',
    access: 'public',
    idempotent: true,
    route: { method: 'DELETE', path: '/carts/{cartId}/coupons/{code}' },
    input: z.object({ cartId: CartId, code: CouponCode }),
    output: Cart,
    errors: [errors.CART_NOT_FOUND],
    example: { input: { cartId, code: 'WELCOME10' }, output: exampleCart },
  }),
  mergeCart: operation({
    summary: "Moves a guest's cart into the signed-in member's own, after sign-in",
    description:
      'Lines of the same variant keep the larger quantity, so that repeating it changes nothing. The guest cart ends.',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/carts/{cartId}/merger' },
    input: z.object({ cartId: CartId }),
    output: Cart,
    errors: [errors.CART_NOT_FOUND, errors.CART_FULL],
    example: { input: { cartId }, output: exampleCart },
  }),
};
