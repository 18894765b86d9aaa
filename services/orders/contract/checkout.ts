import { idSchema, Money, operation } from '@plaza/kernel';
import { ListingKind, ShippingKind } from '@plaza/kernel/marketplace';
import { z } from 'zod';
import { CartId } from './cart.ts';
import { cartErrors } from './cart-errors.ts';
import { CashProblem, checkoutErrors as errors } from './checkout-errors.ts';
import { InvoiceDetails, TaxDetails } from './document.ts';

export const CheckoutId = idSchema('checkout');
const StoreId = idSchema('store');

/** Where an order goes. `region` is the subdivision without the country, e.g. `CA` of US-CA: some taxes depend on it. */
export const ShippingAddress = z
  .object({
    recipientName: z.string().trim().min(1).max(200),
    phone: z.string().trim().max(40),
    line1: z.string().trim().min(1).max(200),
    line2: z.string().trim().max(200).optional(),
    city: z.string().trim().min(1).max(100),
    region: z.string().trim().max(100),
    postalCode: z.string().trim().max(20),
    countryCode: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as MX'),
  })
  .meta({ id: 'ShippingAddress' });
export type ShippingAddress = z.output<typeof ShippingAddress>;

/** The shipping option chosen for one store's group; a meet-up may name a safe point of the marketplace. */
export const ShippingChoice = z.object({
  storeId: StoreId,
  optionId: z.string().min(1).max(60),
  safePointId: z.string().max(60).optional(),
});
export type ShippingChoice = z.output<typeof ShippingChoice>;

export const QuotedShippingOption = z.object({
  id: z.string(),
  name: z.string(),
  kind: ShippingKind,
  /** For this group as it stands: 0 when it is over the amount from which shipping is free. */
  price: Money,
  estimatedDays: z.object({ min: z.int(), max: z.int() }),
});

export const CheckoutLine = z.object({
  id: idSchema('orderLine'),
  variantId: idSchema('variant'),
  listingId: idSchema('listing'),
  listingSlug: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  imageUrl: z.string().nullable(),
  kind: ListingKind,
  quantity: z.int(),
  unitPrice: Money,
  /** Unit price × quantity. */
  subtotal: Money,
  discount: Money,
  /** Contained in the price when `isTaxIncluded`, else added to it. */
  tax: Money,
  taxName: z.string().nullable(),
  isTaxIncluded: z.boolean(),
  /** What the buyer pays for this line. */
  total: Money,
  offerId: idSchema('offer').nullable(),
});

/** One store's part: it becomes a shipment group of the order. */
export const CheckoutGroup = z.object({
  groupId: idSchema('shipmentGroup'),
  storeId: StoreId,
  storeName: z.string(),
  storeSlug: z.string(),
  lines: z.array(CheckoutLine),
  needsShipping: z.boolean(),
  shippingOptions: z.array(QuotedShippingOption),
  selectedShippingOptionId: z.string().nullable(),
  safePointId: z.string().nullable(),
  subtotal: Money,
  discount: Money,
  /** After what a coupon takes off shipping. */
  shipping: Money,
  total: Money,
});

/** Everything to pay, in one currency. `total` = `subtotal` − `discount` + `shipping` + `taxAdded`. */
export const CheckoutTotals = z.object({
  subtotal: Money,
  discount: Money,
  shipping: Money,
  /** Taxes on top of prices. */
  taxAdded: Money,
  /** Taxes that prices contain already; part of the other amounts. */
  taxIncluded: Money,
  total: Money,
});

/**
 * `open`: can be changed. `completing`: at work. `awaiting_payment`: the buyer or the provider has to act.
 * `completed`: there is an order. `expired`: everything held was given back. `refunded`: money came, stock was gone, the
 * money went back.
 */
export const CheckoutState = z.enum(['open', 'completing', 'awaiting_payment', 'completed', 'expired', 'refunded']);
export type CheckoutState = z.output<typeof CheckoutState>;

export const Checkout = z
  .object({
    id: CheckoutId,
    cartId: CartId.nullable(),
    state: CheckoutState,
    email: z.string().nullable(),
    address: ShippingAddress.nullable(),
    note: z.string().nullable(),
    /** Whom the invoices will be made out to. */
    invoiceDetails: TaxDetails.nullable(),
    groups: z.array(CheckoutGroup),
    coupons: z.array(
      z.object({ code: z.string(), title: z.string(), funder: z.enum(['platform', 'store']), discount: Money }),
    ),
    totals: CheckoutTotals,
    /** What completing still needs. */
    missing: z.array(z.enum(['email', 'address', 'shipping', 'paymentMethod'])),
    payment: z.object({
      methodId: z.string().nullable(),
      paymentId: idSchema('payment').nullable(),
      /** Where the buyer must go while `awaiting_payment`. */
      actionUrl: z.string().nullable(),
      /** Why the last attempt was declined. */
      declineCode: z.string().nullable(),
      /** What of the total the buyer's wallet pays, and what is left for the payment method; null without wallet. */
      wallet: z.object({ pays: Money, rest: Money }).nullable(),
    }),
    orderId: idSchema('order').nullable(),
    expireTime: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Checkout' });
export type Checkout = z.output<typeof Checkout>;

/** How completing went. Only `completed` has an order; after `declined` the checkout is open for another try. */
export const Completion = z
  .object({
    outcome: z.enum(['completed', 'declined', 'requires_action', 'pending', 'refunded']),
    orderId: idSchema('order').nullable(),
    declineCode: z.string().nullable(),
    actionUrl: z.string().nullable(),
    checkout: Checkout,
  })
  .meta({ id: 'CheckoutCompletion' });
export type Completion = z.output<typeof Completion>;

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });
const exampleAddress: z.input<typeof ShippingAddress> = {
  recipientName: 'Ada Buyer',
  phone: '+1 503 555 0100',
  line1: '12 Lamp Street',
  city: 'Portland',
  region: 'OR',
  postalCode: '97201',
  countryCode: 'US',
};

export const exampleCheckout: z.input<typeof Checkout> = {
  id: 'chk_01k9w6x8f0e5rbq2m3n4p5q6r7',
  cartId: 'crt_01k9w6x8f0e5rbq2m3n4p5q6r7',
  state: 'open',
  email: 'ada@example.com',
  address: exampleAddress,
  note: null,
  invoiceDetails: null,
  groups: [
    {
      groupId: 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7',
      storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
      storeName: 'Old Light',
      storeSlug: 'old-light',
      lines: [
        {
          id: 'orl_01k9w6x8f0e5rbq2m3n4p5q6r7',
          variantId: 'var_01k9w6x8f0e5rbq2m3n4p5q6r7',
          listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7',
          listingSlug: 'vintage-lamp-4p5q6r7s',
          title: 'Vintage lamp',
          variantTitle: 'Brass',
          imageUrl: null,
          kind: 'physical',
          quantity: 1,
          unitPrice: dollars(4500),
          subtotal: dollars(4500),
          discount: dollars(0),
          tax: dollars(0),
          taxName: null,
          isTaxIncluded: false,
          total: dollars(4500),
          offerId: null,
        },
      ],
      needsShipping: true,
      shippingOptions: [
        {
          id: 'standard',
          name: 'Standard parcel',
          kind: 'parcel',
          price: dollars(600),
          estimatedDays: { min: 3, max: 7 },
        },
      ],
      selectedShippingOptionId: 'standard',
      safePointId: null,
      subtotal: dollars(4500),
      discount: dollars(0),
      shipping: dollars(600),
      total: dollars(5100),
    },
  ],
  coupons: [],
  totals: {
    subtotal: dollars(4500),
    discount: dollars(0),
    shipping: dollars(600),
    taxAdded: dollars(0),
    taxIncluded: dollars(0),
    total: dollars(5100),
  },
  missing: [],
  payment: { methodId: 'simulated-card', paymentId: null, actionUrl: null, declineCode: null, wallet: null },
  orderId: null,
  expireTime: '2026-11-21T07:00:00.000Z',
  version: 2,
};

/** What a buyer fills in; the same at creation and later. */
const Choices = {
  email: z.email().max(254).optional(),
  address: ShippingAddress.optional(),
  /** The choice of each store's group; groups not named keep theirs. */
  shipping: z.array(ShippingChoice).max(100).optional(),
  payment: z
    .object({
      /** One of the marketplace's payment methods. */
      methodId: z.string().max(60),
      /** Of a card, from `createPaymentMethod` of payments; never a card number. */
      token: z.string().min(1).max(1_000).optional(),
    })
    .optional(),
  /** Pays as much as the signed-in buyer's wallet can; the method pays the rest. Looked up now, and kept until it is changed. */
  useWallet: z.boolean().optional(),
  /** With `useWallet`: the most of it, so that the rest is enough for another way to pay. */
  walletUpToMinor: z.int().min(1).optional(),
  /** A word to the sellers. */
  note: z.string().trim().max(1000).optional(),
  /** Has the invoices made out to these tax details; null: a receipt will do after all. */
  invoiceDetails: InvoiceDetails.nullable().optional(),
};

const checkoutId = exampleCheckout.id;

/** Checkouts: the cart's prices frozen, completed by payment into an order. */
export const checkoutOperations = {
  createCheckout: operation({
    summary: 'Begins a checkout of a cart, or of one thing bought at once',
    description:
      'Prices, shipping and taxes are frozen as a quote. Nothing is held yet. Shipping begins with the cheapest option of each store.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/checkouts' },
    input: z.object({
      cartId: CartId.optional(),
      /** Instead of a cart. */
      buyNow: z
        .object({
          variantId: idSchema('variant'),
          quantity: z.int().min(1).max(10_000).default(1),
          offerId: idSchema('offer').optional(),
        })
        .optional(),
      ...Choices,
    }),
    output: Checkout,
    errors: [
      cartErrors.CART_NOT_FOUND,
      errors.CART_EMPTY,
      errors.CART_NOT_PURCHASABLE,
      cartErrors.VARIANT_NOT_FOUND,
      cartErrors.OFFER_NOT_USABLE,
      errors.PAYMENT_METHOD_UNKNOWN,
      errors.TAX_UNAVAILABLE,
      errors.WALLET_NOT_USABLE,
    ],
    example: {
      input: { cartId: 'crt_01k9w6x8f0e5rbq2m3n4p5q6r7', email: 'ada@example.com', address: exampleAddress },
      output: exampleCheckout,
    },
  }),
  getCheckout: operation({
    summary: 'A checkout as it stands',
    access: 'public',
    route: { method: 'GET', path: '/checkouts/{checkoutId}' },
    input: z.object({ checkoutId: CheckoutId }),
    output: Checkout,
    errors: [errors.CHECKOUT_NOT_FOUND],
    example: { input: { checkoutId }, output: exampleCheckout },
  }),
  updateCheckout: operation({
    summary: 'Sets e-mail, address, shipping, payment method or note; totals follow',
    access: 'public',
    idempotent: true,
    route: { method: 'PATCH', path: '/checkouts/{checkoutId}' },
    input: z.object({ checkoutId: CheckoutId, expectedVersion: z.int().optional(), ...Choices }),
    output: Checkout,
    errors: [
      errors.CHECKOUT_NOT_FOUND,
      errors.CHECKOUT_EXPIRED,
      errors.CHECKOUT_CLOSED,
      errors.CHECKOUT_IN_PROGRESS,
      errors.PAYMENT_METHOD_UNKNOWN,
      errors.TAX_UNAVAILABLE,
      errors.WALLET_NOT_USABLE,
    ],
    example: {
      input: {
        checkoutId,
        shipping: [{ storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7', optionId: 'standard' }],
        payment: { methodId: 'simulated-card', token: 'pm_card_visa' },
      },
      output: exampleCheckout,
    },
  }),
  getCashOffer: operation({
    summary: 'Whether this checkout can be paid at the door, what it costs, and if it cannot, why',
    access: 'public',
    route: { method: 'GET', path: '/checkouts/{checkoutId}/cash-on-delivery' },
    input: z.object({ checkoutId: CheckoutId }),
    output: z.object({
      /** The payment method to complete with; null where nobody pays at the door. */
      methodId: z.string().nullable(),
      problem: CashProblem.nullable(),
      /** Added to the shipping of all parcels together. */
      fee: Money,
    }),
    errors: [errors.CHECKOUT_NOT_FOUND],
    example: { input: { checkoutId }, output: { methodId: 'cash', problem: 'STORE_DECLINES', fee: dollars(0) } },
  }),
  completeCheckout: operation({
    summary: 'Buys: holds stock, asks for the money, places the order',
    description:
      'Safe to repeat: a checkout becomes one order. After `requires_action` send the buyer to `actionUrl`; when they are back, ' +
      'complete again to learn the outcome. The order also comes without that, by the word of the payment provider.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/checkouts/{checkoutId}/completion', status: 200 },
    input: z.object({
      checkoutId: CheckoutId,
      /** May come with this call instead of before. */
      payment: Choices.payment,
      /** What the buyer saw. Left out: the total of the checkout as it was last answered. */
      expectedTotal: Money.optional(),
    }),
    output: Completion,
    errors: [
      errors.CHECKOUT_NOT_FOUND,
      errors.CHECKOUT_EXPIRED,
      errors.CHECKOUT_CLOSED,
      errors.CHECKOUT_IN_PROGRESS,
      errors.CHECKOUT_INCOMPLETE,
      errors.CART_NOT_PURCHASABLE,
      errors.PRICE_CHANGED,
      errors.TAX_UNAVAILABLE,
      errors.PAYMENT_METHOD_UNKNOWN,
      errors.PAYMENT_METHOD_INVALID,
      errors.CASH_NOT_OFFERED,
      errors.REST_TOO_SMALL,
      errors.WALLET_NOT_USABLE,
      cartErrors.OUT_OF_STOCK,
      cartErrors.COUPON_NOT_USABLE,
    ],
    example: {
      input: { checkoutId, expectedTotal: dollars(5100) },
      output: {
        outcome: 'completed',
        orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7',
        declineCode: null,
        actionUrl: null,
        checkout: {
          ...exampleCheckout,
          state: 'completed',
          orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7',
          version: 3,
        },
      },
    },
  }),
};
