import { defineEvent, idSchema, uuidFromId } from '@plaza/kernel';
import { type Reaction, reaction } from '@plaza/runtime';
import { z } from 'zod';
import { saveStoreOwner } from './store/payout.ts';

/**
 * What this service needs of the catalog's store events. The catalog stands on a floor above, so its definitions are
 * not imported: only these two facts are read, and whatever else the events carry is ignored.
 */
const StoreOwner = z.object({ storeId: idSchema('store'), ownerMemberId: idSchema('member') });
const storeEvents = [
  defineEvent({ type: 'store.created', summary: 'A store was opened.', data: StoreOwner }),
  defineEvent({ type: 'store.updated', summary: 'A store changed.', data: StoreOwner }),
] as const;

/** Learns whose a store is, so that its balance can be shown before the first sale. */
export const reactions: readonly Reaction[] = storeEvents.map((event) =>
  reaction(event, ({ event: { data }, tx }) =>
    saveStoreOwner(tx, uuidFromId(data.storeId), uuidFromId(data.ownerMemberId)),
  ),
);
