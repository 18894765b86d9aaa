import { uuidFromId } from '@plaza/kernel';
import { type Reaction, reaction } from '@plaza/runtime';
import { entitlementsChanged } from '@plaza/subscriptions/events';
import { saveStorePlan } from './store/store-plan.ts';

/** Learns which plan a store has: what it may publish and what a sale costs it are asked for without asking anybody. */
export const reactions: readonly Reaction[] = [
  reaction(entitlementsChanged, async ({ event: { data }, tx }) => {
    if (data.ownerKind === 'store') await saveStorePlan(tx, uuidFromId(data.ownerId), data);
  }),
];
