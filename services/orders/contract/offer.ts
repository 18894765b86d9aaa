import { idSchema, LocalizedText, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { Party } from '../domain/process/process.ts';
import { cartErrors } from './cart-errors.ts';
import { OrderAction } from './order.ts';
import { orderErrors as errors } from './order-errors.ts';

const OfferId = idSchema('offer');

/** A price between a buyer and a seller, for pieces of one variant. */
export const Offer = z
  .object({
    id: OfferId,
    listingId: idSchema('listing'),
    listingSlug: z.string(),
    variantId: idSchema('variant'),
    storeId: idSchema('store'),
    title: z.string(),
    variantTitle: z.string(),
    imageUrl: z.string().nullable(),
    quantity: z.int(),
    /** The price a piece as it was last named. */
    price: Money,
    listPrice: Money,
    state: z.string(),
    stateLabel: LocalizedText,
    isFinal: z.boolean(),
    /** True for an accepted offer of yours: put it in the cart with its id. */
    isUsable: z.boolean(),
    dueTime: z.iso.datetime().nullable(),
    actions: z.array(OrderAction),
    history: z.array(
      z.object({ action: z.string(), by: Party, price: Money, message: z.string().nullable(), time: z.iso.datetime() }),
    ),
    version: z.int(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'Offer' });
export type Offer = z.output<typeof Offer>;

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });
const offerId = 'off_01k9w6x8f0e5rbq2m3n4p5q6r7';
const exampleOffer: z.input<typeof Offer> = {
  id: offerId,
  listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7',
  listingSlug: 'vintage-lamp-4p5q6r7s',
  variantId: 'var_01k9w6x8f0e5rbq2m3n4p5q6r7',
  storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
  title: 'Vintage lamp',
  variantTitle: '',
  imageUrl: null,
  quantity: 1,
  price: dollars(4000),
  listPrice: dollars(4500),
  state: 'proposed',
  stateLabel: { en: 'Waiting for the seller' },
  isFinal: false,
  isUsable: false,
  dueTime: '2026-11-23T06:00:00.000Z',
  actions: [{ name: 'decline', label: { en: 'Decline' }, asks: [], isDestructive: true, givesBack: false }],
  history: [
    {
      action: 'propose',
      by: 'buyer',
      price: dollars(4000),
      message: 'Would you take 40?',
      time: '2026-11-21T06:00:00.000Z',
    },
  ],
  version: 1,
  createdTime: '2026-11-21T06:00:00.000Z',
};

const PriceMinor = z.int().min(1).max(1_000_000_000_000);
const Message = z.string().trim().max(500).optional();

/** Offers run by their own process, as orders do. An accepted price is locked into the cart by the offer's id, once. */
export const offerOperations = {
  createOffer: operation({
    summary: 'Proposes a price for pieces of a variant',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/offers' },
    input: z.object({
      variantId: idSchema('variant'),
      quantity: z.int().min(1).max(10_000).default(1),
      priceMinor: PriceMinor.meta({ description: 'A piece, in minor units of the marketplace’s currency.' }),
      message: Message,
    }),
    output: Offer,
    errors: [errors.OFFERS_NOT_ACCEPTED, errors.OFFER_ABOVE_PRICE, errors.OFFER_OPEN_ALREADY, cartErrors.OWN_LISTING],
    example: {
      input: { variantId: exampleOffer.variantId, priceMinor: 4000, message: 'Would you take 40?' },
      output: exampleOffer,
    },
  }),
  getOffer: operation({
    summary: 'An offer you made or received',
    access: 'member',
    route: { method: 'GET', path: '/offers/{offerId}' },
    input: z.object({ offerId: OfferId }),
    output: Offer,
    errors: [errors.OFFER_NOT_FOUND],
    example: { input: { offerId }, output: exampleOffer },
  }),
  listOffers: operation({
    summary: 'Offers you made, or received as a seller, newest first',
    access: 'member',
    route: { method: 'GET', path: '/offers' },
    input: z.object({ role: z.enum(['buyer', 'seller']).default('buyer'), ...PageQuery }),
    output: pageOf(Offer),
    example: { input: { role: 'buyer', limit: 20 }, output: { items: [exampleOffer], nextCursor: null } },
  }),
  counterOffer: operation({
    summary: 'Names another price',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/offers/{offerId}/counter', status: 200 },
    input: z.object({ offerId: OfferId, priceMinor: PriceMinor, message: Message }),
    output: Offer,
    errors: [errors.OFFER_NOT_FOUND, errors.OFFER_ABOVE_PRICE, errors.ACTION_NOT_ALLOWED],
    example: { input: { offerId, priceMinor: 4200 }, output: exampleOffer },
  }),
  acceptOffer: operation({
    summary: 'Accepts the price as it was last named by the other side',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/offers/{offerId}/acceptance', status: 200 },
    input: z.object({
      offerId: OfferId,
      priceMinor: PriceMinor.optional().meta({
        description:
          'The price you saw. Refused when another was named meanwhile: nobody accepts what they have not seen.',
      }),
      message: Message,
    }),
    output: Offer,
    errors: [errors.OFFER_NOT_FOUND, errors.OFFER_PRICE_CHANGED, errors.ACTION_NOT_ALLOWED],
    example: { input: { offerId, priceMinor: 4000 }, output: exampleOffer },
  }),
  declineOffer: operation({
    summary: 'Declines, or withdraws',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/offers/{offerId}/refusal', status: 200 },
    input: z.object({ offerId: OfferId, message: Message }),
    output: Offer,
    errors: [errors.OFFER_NOT_FOUND, errors.ACTION_NOT_ALLOWED],
    example: { input: { offerId }, output: exampleOffer },
  }),
};
