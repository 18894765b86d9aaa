import { idSchema, Money, operation } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { CheckoutId, ListingId, ListingKind, MemberId, ShippingOption, StoreId, VariantId } from './common.ts';

const OrderId = idSchema('order');
const Line = z.object({ variantId: VariantId, quantity: z.int().min(1).max(100_000) });
const Lines = z.array(Line).min(1).max(200);

/** What a buyer pays for, as it is at this moment. */
export const QuotedVariant = z.object({
  variantId: VariantId,
  quantity: z.int(),
  listingId: ListingId,
  listingSlug: z.string(),
  storeId: StoreId,
  storeName: z.string(),
  storeSlug: z.string(),
  sellerMemberId: MemberId,
  /** What the store's plan takes off the commission, in basis points. */
  commissionDiscountBp: z.int(),
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string().nullable(),
  price: Money,
  imageUrl: z.string().nullable(),
  kind: ListingKind,
  categoryId: z.string(),
  /** Category ids from the root to its own. */
  categoryPath: z.array(z.string()),
  weightGrams: z.int().nullable(),
  /** Null: unlimited. */
  freeQuantity: z.int().nullable(),
  /** Published, and `quantity` pieces free. */
  isPurchasable: z.boolean(),
  isOfferAllowed: z.boolean(),
  listingVersion: z.int(),
  shippingOptions: z.array(ShippingOption),
  taxClass: z.string(),
  licenseCode: z.string().nullable(),
});
export type QuotedVariant = z.output<typeof QuotedVariant>;

export const Reservation = z.object({
  checkoutId: CheckoutId,
  state: z.enum(['held', 'committed', 'released', 'expired']),
  lines: z.array(Line),
  expireTime: z.iso.datetime(),
});
export type Reservation = z.output<typeof Reservation>;

const exampleReservation: z.input<typeof Reservation> = {
  checkoutId: 'chk_01k9w6x8f0e5rbq2m3n4p5q6r7',
  state: 'held',
  lines: [{ variantId: 'var_01k9w6x8f0e5rbq2m3n4p5q6r7', quantity: 1 }],
  expireTime: '2026-11-21T06:15:00.000Z',
};

export const stockOperations = {
  setStock: operation({
    summary: 'Sets how many pieces of a variant there are; null means unlimited',
    access: ['seller'],
    idempotent: true,
    route: { method: 'PUT', path: '/variants/{variantId}/stock' },
    input: z.object({ variantId: VariantId, onHand: z.int().min(0).max(1_000_000_000).nullable() }),
    output: z.object({
      variantId: VariantId,
      onHand: z.int().nullable(),
      reserved: z.int(),
      freeQuantity: z.int().nullable(),
    }),
    errors: [errors.VARIANT_NOT_FOUND, errors.STOCK_BELOW_RESERVED],
    example: {
      input: { variantId: 'var_01k9w6x8f0e5rbq2m3n4p5q6r7', onHand: 12 },
      output: { variantId: 'var_01k9w6x8f0e5rbq2m3n4p5q6r7', onHand: 12, reserved: 2, freeQuantity: 10 },
    },
  }),
  quoteVariants: operation({
    summary: 'What these variants cost and whether they can be bought now; unknown variants are left out',
    access: 'service',
    input: z.object({ lines: Lines }),
    output: z.object({ items: z.array(QuotedVariant) }),
    example: {
      input: { lines: [{ variantId: 'var_01k9w6x8f0e5rbq2m3n4p5q6r7', quantity: 1 }] },
      output: { items: [] },
    },
  }),
  reserveStock: operation({
    summary: 'Holds stock for a checkout, all lines or none',
    description:
      'Repeating it with the same lines renews the hold; with other lines replaces it, at once. After the hold has become an order it answers that.',
    access: 'service',
    input: z.object({
      checkoutId: CheckoutId,
      lines: Lines,
      expiresInSeconds: z.int().min(1).max(86_400).default(900),
    }),
    output: Reservation,
    errors: [errors.OUT_OF_STOCK, errors.VARIANT_NOT_FOUND],
    example: {
      input: { checkoutId: exampleReservation.checkoutId, lines: exampleReservation.lines, expiresInSeconds: 900 },
      output: exampleReservation,
    },
  }),
  commitReservation: operation({
    summary: 'Turns a hold into a sale; repeating it changes nothing',
    description:
      'After the hold has expired or was released it holds again if the stock is still there, else OUT_OF_STOCK.',
    access: 'service',
    input: z.object({ checkoutId: CheckoutId, orderId: OrderId }),
    output: Reservation,
    errors: [errors.RESERVATION_NOT_FOUND, errors.OUT_OF_STOCK],
    example: {
      input: { checkoutId: exampleReservation.checkoutId, orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7' },
      output: { ...exampleReservation, state: 'committed' },
    },
  }),
  releaseReservation: operation({
    summary: 'Gives held stock back; repeating it changes nothing',
    access: 'service',
    input: z.object({ checkoutId: CheckoutId }),
    output: Reservation,
    errors: [errors.RESERVATION_NOT_FOUND, errors.RESERVATION_COMMITTED],
    example: {
      input: { checkoutId: exampleReservation.checkoutId },
      output: { ...exampleReservation, state: 'released' },
    },
  }),
  restock: operation({
    summary: 'Puts sold pieces back, after a cancellation or return; once per `restockId`',
    access: 'service',
    input: z.object({
      orderId: OrderId,
      lines: Lines,
      /** Tells one restock of the order from another; defaults to the order: it is restocked once. */
      restockId: z.string().max(100).optional(),
    }),
    output: z.object({ restocked: z.boolean() }),
    errors: [],
    example: {
      input: { orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7', lines: exampleReservation.lines },
      output: { restocked: true },
    },
  }),
};
