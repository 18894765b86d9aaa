import { asService, type Context, type Handlers, hasRole, invariant, money, newId, requireMember } from '@plaza/kernel';
import { inSteps, inTransaction, type Transaction } from '@plaza/runtime';
import { type Offer, offerOperations } from '../contract/offer.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { actionsFor } from '../domain/order-view.ts';
import {
  availableActions,
  dueAction,
  initialState,
  type Party,
  type Process,
  take,
} from '../domain/process/process.ts';
import { errors } from '../errors.ts';
import { offerMoved } from '../events.ts';
import { findOffer, insertOffer, listOfferRows, lockOffer, type OfferRecord, saveOffer } from '../store/offer.ts';

/** Prices between buyers and sellers, by the marketplace's offer process. */
export function offers(dependencies: SellingDependencies): Handlers<typeof offerOperations> {
  const { database, clock, catalog, marketplaces, processes } = dependencies;
  const view = async (offer: OfferRecord, context: Context) =>
    offerView(
      offer,
      await processes.version(
        database.read(context.marketplaceId),
        context.marketplaceId,
        offer.processName,
        offer.processVersion,
      ),
      context,
      clock(),
    );
  return {
    createOffer: inSteps(database, offerOperations.createOffer, async ({ input, context }) => {
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
        await announceOffer(tx, offer, 'propose', 'buyer');
      });
      return view(offer, context);
    }),
    async getOffer({ input, context }) {
      const offer = await findOffer(database.read(context.marketplaceId), context.marketplaceId, input.offerId);
      if (offer === undefined || partiesOf(context, offer).length === 0) throw errors.OFFER_NOT_FOUND({});
      return view(offer, context);
    },
    async listOffers({ input, context }) {
      const { memberId } = requireMember(context);
      const page = await listOfferRows(database.read(context.marketplaceId), context.marketplaceId, {
        memberId,
        role: input.role,
        cursor: input.cursor,
        limit: input.limit,
      });
      return { items: await Promise.all(page.items.map((offer) => view(offer, context))), nextCursor: page.nextCursor };
    },
    counterOffer: inTransaction(database, offerOperations.counterOffer, async ({ input, context, tx }) =>
      view(
        await moveOffer(
          dependencies,
          tx,
          input.offerId,
          ['counter', 'propose'],
          { priceMinor: input.priceMinor, message: input.message ?? null },
          context,
        ),
        context,
      ),
    ),
    acceptOffer: inTransaction(database, offerOperations.acceptOffer, async ({ input, context, tx }) => {
      const accepted = await moveOffer(
        dependencies,
        tx,
        input.offerId,
        ['accept'],
        { message: input.message ?? null },
        context,
      );
      // Read under the offer's lock; a refusal takes the move back.
      if (input.priceMinor !== undefined && input.priceMinor !== accepted.priceMinor)
        throw errors.OFFER_PRICE_CHANGED({ price: money(accepted.priceMinor, accepted.currency) });
      return view(accepted, context);
    }),
    declineOffer: inTransaction(database, offerOperations.declineOffer, async ({ input, context, tx }) =>
      view(
        await moveOffer(dependencies, tx, input.offerId, ['decline'], { message: input.message ?? null }, context),
        context,
      ),
    ),
  };
}

/** Moves an offer under its lock; of `actions` the first that the caller may take now. */
export async function moveOffer(
  { processes, clock }: SellingDependencies,
  tx: Transaction,
  offerId: string,
  actions: readonly string[],
  entered: { priceMinor?: number; message: string | null },
  context: Context,
  parties?: readonly Party[],
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
  const priceMinor = entered.priceMinor ?? offer.priceMinor;
  requireAtMost(offer.listPriceMinor, priceMinor);
  const moved: OfferRecord = {
    ...offer,
    priceMinor,
    state: step.to,
    isFinal: step.isFinal,
    dueAction: due?.action ?? null,
    dueTime: due?.dueTime ?? null,
    history: [...offer.history, { action, by: party, priceMinor, message: entered.message, time: now.toISOString() }],
    version: offer.version + 1,
  };
  await saveOffer(tx, tx.marketplaceId, moved);
  await announceOffer(tx, moved, action, party);
  return moved;
}

/** Nobody bargains a price up: what is above it is a digit too many. */
function requireAtMost(listPriceMinor: number, priceMinor: number): void {
  if (priceMinor > listPriceMinor) throw errors.OFFER_ABOVE_PRICE({});
}

async function announceOffer(tx: Transaction, offer: OfferRecord, action: string, by: Party): Promise<void> {
  await tx.announce(offerMoved, offer.id, {
    offerId: offer.id,
    listingId: offer.listingId,
    title: offer.title,
    buyerMemberId: offer.buyerMemberId,
    sellerMemberId: offer.sellerMemberId,
    action,
    by,
    state: offer.state,
    price: money(offer.priceMinor, offer.currency),
    version: offer.version,
  });
}

function partiesOf(context: Context, offer: Pick<OfferRecord, 'buyerMemberId' | 'sellerMemberId'>): Party[] {
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
