import { asService, type Handler, newId, requireMember } from '@plaza/kernel';
import { inSteps } from '@plaza/runtime';
import { offerOperations } from '../contract/offer.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { dueAction, initialState } from '../domain/process/process.ts';
import { errors } from '../errors.ts';
import { insertOffer, type OfferRecord } from '../store/offer.ts';
import { announceOffer, requireAtMost } from './move-offer.ts';
import { showOffer } from './show-offer.ts';

/** A buyer proposes a price. */
export function createOffer(dependencies: SellingDependencies): Handler<typeof offerOperations.createOffer> {
  const { database, clock, catalog, marketplaces, processes } = dependencies;
  return inSteps(database, offerOperations.createOffer, async ({ input, context }) => {
    const { memberId } = requireMember(context);
    const name = marketplaces.get(context.marketplaceId).processes.offer;
    const { items } = await catalog.quoteVariants(
      { lines: [{ variantId: input.variantId, quantity: input.quantity }] },
      asService('orders', context),
    );
    const quoted = items[0];
    if (name === undefined || quoted === undefined || !quoted.isOfferAllowed || !quoted.isPurchasable)
      throw errors.OFFERS_NOT_ACCEPTED({});
    if (quoted.sellerMemberId === memberId) throw errors.OWN_LISTING({});
    requireAtMost(quoted.price.amountMinor, input.priceMinor);
    const { process, version } = processes.current(context.marketplaceId, name);
    const now = clock();
    const state = initialState(process);
    const due = dueAction(process, state, now);
    const offer: OfferRecord = {
      id: newId('offer'),
      listingId: quoted.listingId,
      listingSlug: quoted.listingSlug,
      variantId: quoted.variantId,
      storeId: quoted.storeId,
      title: quoted.title,
      variantTitle: quoted.variantTitle,
      imageUrl: quoted.imageUrl,
      sellerMemberId: quoted.sellerMemberId,
      buyerMemberId: memberId,
      quantity: input.quantity,
      currency: quoted.price.currency,
      priceMinor: input.priceMinor,
      listPriceMinor: quoted.price.amountMinor,
      processName: name,
      processVersion: version,
      state,
      isFinal: false,
      dueAction: due?.action ?? null,
      dueTime: due?.dueTime ?? null,
      version: 1,
      createdTime: now,
      history: [
        {
          action: 'propose',
          by: 'buyer',
          priceMinor: input.priceMinor,
          message: input.message ?? null,
          time: now.toISOString(),
        },
      ],
    };
    await database.transaction(context.marketplaceId, async (tx) => {
      if (!(await insertOffer(tx, context.marketplaceId, offer))) throw errors.OFFER_OPEN_ALREADY({});
      await announceOffer(tx, offer, { action: 'propose', by: 'buyer', from: null });
    });
    return showOffer(dependencies, offer, context);
  });
}
