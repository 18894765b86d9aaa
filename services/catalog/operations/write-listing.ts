import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Context, type EventDefinition, idFromUuid, requireVersion, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { Listing, SearchDocument } from '../contract.ts';
import type { ListingRecord } from '../domain/listing.ts';
import { errors } from '../errors.ts';
import { listingDeleted, listingPaused, listingPublished, listingSold, listingUpdated } from '../events.ts';
import type { ListingMove } from '../store/listing-moves.ts';
import { findListing } from '../store/listings.ts';
import { saveListings } from '../store/save-listings.ts';
import { findStore, type StoreRecord } from '../store/stores.ts';
import { listingView, searchDocument } from '../store/views.ts';
import { type Dependencies, isOperator, ownsStore } from './dependencies.ts';
import { namedPath } from './prepare-listing.ts';

/** The listing and its store, locked, if the caller may change it: its seller, or (`asOperator`) an operator. */
export async function lockForChange(
  tx: Transaction,
  context: Context,
  input: { listingId: string; expectedVersion?: number | undefined },
  { asOperator }: { asOperator: boolean } = { asOperator: false },
): Promise<{ listing: ListingRecord; store: StoreRecord }> {
  const listing = await findListing(tx, tx.marketplaceId, uuidFromId(input.listingId), { lock: true });
  const store = listing && (await findStore(tx, tx.marketplaceId, listing.storeId));
  const isAllowed = store !== undefined && (asOperator ? isOperator(context) : ownsStore(context, store));
  if (listing === undefined || store === undefined || !isAllowed) throw errors.LISTING_NOT_FOUND({});
  requireVersion(listing, input.expectedVersion);
  return { listing, store };
}

/** Which news a change of a listing is; none while buyers never saw it. */
export function newsOf({ before, after }: ListingMove): EventDefinition<string, typeof SearchDocument> | undefined {
  if (after.state === 'published') return before?.state === 'published' ? listingUpdated : listingPublished;
  if (after.publishedTime === null || before?.state === after.state) return undefined;
  if (after.state === 'sold') return listingSold;
  if (after.state === 'deleted') return listingDeleted;
  return before?.state === 'published' ? listingPaused : undefined;
}

/** Saves listings of one store and announces what buyers would notice, all in the caller's transaction. */
export async function saveAndAnnounce(
  tx: Transaction,
  store: StoreRecord,
  moves: readonly ListingMove[],
): Promise<void> {
  // The news are put together while PostgreSQL writes.
  await Promise.all([saveListings(tx, moves), announceAll(tx, store, moves)]);
}

async function announceAll(tx: Transaction, store: StoreRecord, moves: readonly ListingMove[]): Promise<void> {
  if (moves.length > 1) await nextTurn();
  for (const move of moves) {
    const event = newsOf(move);
    if (event !== undefined)
      await tx.announce(event, idFromUuid('listing', move.after.id), searchDocument(move.after, store));
  }
}

/** Saves one changed listing under its next version and answers it as its seller sees it. */
export async function saveChange(
  dependencies: Dependencies,
  tx: Transaction,
  store: StoreRecord,
  move: ListingMove,
): Promise<Listing> {
  const after = { ...move.after, version: (move.before?.version ?? 0) + 1, updatedTime: dependencies.clock() };
  await saveAndAnnounce(tx, store, [{ before: move.before, after }]);
  return listingView(after, store, namedPath(dependencies, tx, after), { withCounts: true });
}
