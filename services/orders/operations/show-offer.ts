import { type Context, hasRole, invariant, money } from '@plaza/kernel';
import type { Offer } from '../contract/offer.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { actionsFor } from '../domain/order-view.ts';
import type { Party, Process } from '../domain/process/process.ts';
import type { OfferRecord } from '../store/offer.ts';

/** An offer as the caller sees it. */
export async function showOffer(
  { database, processes, clock }: SellingDependencies,
  offer: OfferRecord,
  context: Context,
): Promise<Offer> {
  const { marketplaceId } = context;
  const { processName, processVersion } = offer;
  const process = await processes.version(database.read(marketplaceId), marketplaceId, processName, processVersion);
  return offerView(offer, process, context, clock());
}

/** Who the caller is to an offer; nobody to those of others. */
export function partiesOf(context: Context, offer: Pick<OfferRecord, 'buyerMemberId' | 'sellerMemberId'>): Party[] {
  const { actor } = context;
  if (actor.kind !== 'member') return [];
  if (actor.memberId === offer.buyerMemberId) return ['buyer'];
  if (actor.memberId === offer.sellerMemberId) return ['seller'];
  return hasRole(context, 'admin') ? ['operator'] : [];
}

function offerView(offer: OfferRecord, process: Process, context: Context, now: Date): Offer {
  invariant(process.kind === 'offer', `${offer.processName} is not a process for offers`);
  const parties = partiesOf(context, offer);
  return {
    id: offer.id,
    listingId: offer.listingId,
    listingSlug: offer.listingSlug,
    variantId: offer.variantId,
    storeId: offer.storeId,
    title: offer.title,
    variantTitle: offer.variantTitle,
    imageUrl: offer.imageUrl,
    quantity: offer.quantity,
    price: money(offer.priceMinor, offer.currency),
    listPrice: money(offer.listPriceMinor, offer.currency),
    state: offer.state,
    stateLabel: process.states[offer.state]?.label ?? { en: offer.state },
    isFinal: offer.isFinal,
    isUsable:
      parties.includes('buyer') &&
      offer.state === 'accepted' &&
      !offer.isFinal &&
      (offer.dueTime === null || offer.dueTime > now),
    dueTime: offer.dueTime?.toISOString() ?? null,
    // Only an order uses an offer up; that is no action of a person.
    actions: actionsFor(process, offer.state, parties).filter(({ name }) => name !== 'use'),
    history: offer.history.map(({ action, by, priceMinor, message, time }) => ({
      action,
      by,
      price: money(priceMinor, offer.currency),
      message,
      time,
    })),
    version: offer.version,
    createdTime: offer.createdTime.toISOString(),
  };
}
