import { type Handlers, money, requireMember } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { offerOperations } from '../contract/offer.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { errors } from '../errors.ts';
import { findOffer, listOfferRows } from '../store/offer.ts';
import { createOffer } from './create-offer.ts';
import { moveOffer } from './move-offer.ts';
import { partiesOf, showOffer } from './show-offer.ts';

/** Prices between buyers and sellers, by the marketplace's offer process. */
export function offers(dependencies: SellingDependencies): Handlers<typeof offerOperations> {
  const { database } = dependencies;
  return {
    createOffer: createOffer(dependencies),
    async getOffer({ input, context }) {
      const offer = await findOffer(database.read(context.marketplaceId), context.marketplaceId, input.offerId);
      if (offer === undefined || partiesOf(context, offer).length === 0) throw errors.OFFER_NOT_FOUND({});
      return showOffer(dependencies, offer, context);
    },
    async listOffers({ input: { role, cursor, limit }, context }) {
      const { memberId } = requireMember(context);
      const list = { memberId, role, cursor, limit };
      const page = await listOfferRows(database.read(context.marketplaceId), context.marketplaceId, list);
      return {
        items: await Promise.all(page.items.map((offer) => showOffer(dependencies, offer, context))),
        nextCursor: page.nextCursor,
      };
    },
    counterOffer: inTransaction(database, offerOperations.counterOffer, async ({ input, context, tx }) => {
      const { offerId, priceMinor, message = null } = input;
      const move = { offerId, actions: ['counter', 'propose'], priceMinor, message };
      const countered = await moveOffer(dependencies, tx, move, context);
      return showOffer(dependencies, countered, context);
    }),
    acceptOffer: inTransaction(database, offerOperations.acceptOffer, async ({ input, context, tx }) => {
      const { offerId, priceMinor: seenMinor, message = null } = input;
      const accepted = await moveOffer(dependencies, tx, { offerId, actions: ['accept'], message }, context);
      // Read under the offer's lock; a refusal takes the move back.
      if (seenMinor !== undefined && seenMinor !== accepted.priceMinor)
        throw errors.OFFER_PRICE_CHANGED({ price: money(accepted.priceMinor, accepted.currency) });
      return showOffer(dependencies, accepted, context);
    }),
    declineOffer: inTransaction(database, offerOperations.declineOffer, async ({ input, context, tx }) => {
      const { offerId, message = null } = input;
      const declined = await moveOffer(dependencies, tx, { offerId, actions: ['decline'], message }, context);
      return showOffer(dependencies, declined, context);
    }),
  };
}
