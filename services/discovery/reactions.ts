import type { SearchDocument } from '@plaza/catalog/contract';
import {
  listingDeleted,
  listingPaused,
  listingPublished,
  listingSold,
  listingUpdated,
  stockChanged,
} from '@plaza/catalog/events';
import { type EventDefinition, newUuid, uuidFromId } from '@plaza/kernel';
import { orderPlaced } from '@plaza/orders/events';
import { absorbing, type Database, type Reaction, reactionToMany } from '@plaza/runtime';
import type { z } from 'zod';
import type { Activity, Person } from './domain/activity.ts';
import { activityErased, activityImported } from './events.ts';
import type { Models } from './operations/models.ts';
import type { Recorder } from './operations/recorder.ts';
import { findUnwilling } from './store/activity.ts';
import { saveListings, saveStock } from './store/listing.ts';

type Dependencies = {
  readonly database: Database;
  readonly recorder: Recorder;
  readonly models: Models;
  /** For saved searches. */
  readonly queueNewsOf: (marketplaceId: string, documents: readonly SearchDocument[]) => Promise<void>;
};

/** Learns of listings from the catalog, and of purchases from orders. */
export function createReactions({ database, recorder, models, queueNewsOf }: Dependencies): Reaction[] {
  const learning = (event: EventDefinition<string, typeof SearchDocument>): Reaction =>
    absorbing(event, async ({ events, context: { marketplaceId } }) => {
      const documents = events.map(({ data }) => data);
      // First what is news beside what is held, then to hold it: repeated after a stop in between, it is news again.
      await queueNewsOf(marketplaceId, documents);
      await saveListings(database.read(marketplaceId), marketplaceId, documents);
    });
  return [
    learning(listingPublished),
    learning(listingUpdated),
    learning(listingPaused),
    learning(listingSold),
    learning(listingDeleted),
    absorbing(stockChanged, async ({ events, context: { marketplaceId } }) => {
      for (const { data } of events)
        await saveStock(database.read(marketplaceId), marketplaceId, {
          id: uuidFromId(data.listingId),
          stockVersion: data.stockVersion,
          isInStock: data.isInStock,
        });
    }),
    // The log of a command beside this process, or of another process: read again whole.
    absorbing(activityImported, ({ context: { marketplaceId } }) => models.renew(marketplaceId)),
    absorbing(activityErased, async ({ events, context: { marketplaceId } }) => {
      for (const { data } of events) models.forget(marketplaceId, uuidFromId(data.actorId));
    }),
    reactionToMany(orderPlaced, async ({ events, tx }) => {
      const memberIds = events.flatMap(({ data: { buyerMemberId } }) =>
        buyerMemberId === null ? [] : [uuidFromId(buyerMemberId)],
      );
      const unwilling = await findUnwilling(tx, tx.marketplaceId, memberIds);
      await recorder.write(
        tx,
        events.flatMap(({ data, time }) => purchasesOf(data, time, unwilling)),
      );
    }),
  ];
}

/** What was bought together is known of every order, who bought it only where they let us know. */
function purchasesOf(
  { orderId, buyerMemberId, groups }: z.output<(typeof orderPlaced)['data']>,
  time: string,
  unwilling: ReadonlySet<string>,
): Activity[] {
  const memberId = buyerMemberId === null ? null : uuidFromId(buyerMemberId);
  const person: Person =
    memberId === null || unwilling.has(memberId)
      ? { actorId: uuidFromId(orderId), actorKind: 'order' }
      : { actorId: memberId, actorKind: 'member' };
  const listingIds = new Set(groups.flatMap(({ lines }) => lines.map(({ listingId }) => uuidFromId(listingId))));
  return [...listingIds].map((listingId) => ({
    ...person,
    id: newUuid(),
    kind: 'purchase',
    listingId,
    query: null,
    resultCount: null,
    position: null,
    occurredMs: Date.parse(time),
  }));
}
