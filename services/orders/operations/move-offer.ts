import { type Context, money } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { SellingDependencies } from '../dependencies.ts';
import { availableActions, dueAction, type Party, take } from '../domain/process/process.ts';
import { errors } from '../errors.ts';
import { offerMoved } from '../events.ts';
import { lockOffer, type OfferRecord, saveOffer } from '../store/offer.ts';
import { partiesOf } from './show-offer.ts';

/** A move of an offer: of `actions` the first that may be taken now, by whom `parties` names, else by who calls. */
type OfferMove = {
  readonly offerId: string;
  readonly actions: readonly string[];
  readonly priceMinor?: number;
  readonly message: string | null;
  readonly parties?: readonly Party[];
};

/** Moves an offer under its lock. */
export async function moveOffer(
  { processes, clock }: SellingDependencies,
  tx: Transaction,
  { offerId, actions, priceMinor: enteredMinor, message, parties }: OfferMove,
  context: Context,
): Promise<OfferRecord> {
  const offer = await lockOffer(tx, tx.marketplaceId, offerId);
  const own = offer === undefined ? [] : (parties ?? partiesOf(context, offer));
  if (offer === undefined || own.length === 0) throw errors.OFFER_NOT_FOUND({});
  const process = await processes.version(tx, tx.marketplaceId, offer.processName, offer.processVersion);
  const [action, party] =
    actions
      .flatMap((each) => own.map((by) => [each, by] as const))
      .find(([each, by]) => take(process, offer.state, each, by) !== undefined) ?? [];
  const step = action === undefined || party === undefined ? undefined : take(process, offer.state, action, party);
  if (action === undefined || party === undefined || step === undefined) {
    const available = own.flatMap((by) => availableActions(process, offer.state, by).map(({ name }) => name));
    throw errors.ACTION_NOT_ALLOWED({ state: offer.state, action: actions[0] ?? '', available });
  }
  const now = clock();
  const due = step.isFinal ? null : dueAction(process, step.to, now);
  const priceMinor = enteredMinor ?? offer.priceMinor;
  requireAtMost(offer.listPriceMinor, priceMinor);
  const moved: OfferRecord = {
    ...offer,
    priceMinor,
    state: step.to,
    isFinal: step.isFinal,
    dueAction: due?.action ?? null,
    dueTime: due?.dueTime ?? null,
    history: [...offer.history, { action, by: party, priceMinor, message, time: now.toISOString() }],
    version: offer.version + 1,
  };
  await saveOffer(tx, tx.marketplaceId, moved);
  await announceOffer(tx, moved, { action, by: party, from: offer.state });
  return moved;
}

/** Nobody bargains a price up: what is above it is a digit too many. */
export function requireAtMost(listPriceMinor: number, priceMinor: number): void {
  if (priceMinor > listPriceMinor) throw errors.OFFER_ABOVE_PRICE({});
}

export async function announceOffer(
  tx: Transaction,
  offer: OfferRecord,
  step: { readonly action: string; readonly by: Party; readonly from: string | null },
): Promise<void> {
  await tx.announce(offerMoved, offer.id, {
    offerId: offer.id,
    listingId: offer.listingId,
    title: offer.title,
    buyerMemberId: offer.buyerMemberId,
    sellerMemberId: offer.sellerMemberId,
    ...step,
    state: offer.state,
    price: money(offer.priceMinor, offer.currency),
    version: offer.version,
  });
}
