import { commonErrors, invalidInput } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { catalogContract, type ListingState } from '../contract.ts';
import { requirePublishable, transition } from '../domain/listing.ts';
import { type Dependencies, settingsOf } from './dependencies.ts';
import { requireRoom } from './plan-limit.ts';
import { settingsMistakes } from './prepare-listing.ts';
import { lockForChange, saveChange } from './write-listing.ts';

/** Puts a listing on sale once it is complete, as far as the store's plan has room: required attributes given, a digital one with files. */
export function publishListing(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.publishListing, async ({ input, context, tx }) => {
    const { listing: before, store } = await lockForChange(tx, context, input);
    const after = transition(before, 'published', dependencies.clock());
    const settings = settingsOf(dependencies, context);
    requirePublishable(after, settingsMistakes(settings, after));
    await requireRoom(tx, settings, store, context.locale);
    return saveChange(dependencies, tx, store, { before, after });
  });
}

function sellerMove(
  dependencies: Dependencies,
  name: 'pauseListing' | 'markListingSold' | 'deleteListing',
  to: ListingState,
) {
  return inTransaction(dependencies.database, catalogContract[name], async ({ input, context, tx }) => {
    const { listing: before, store } = await lockForChange(tx, context, input);
    if (before.state === 'suspended' && to === 'paused') throw commonErrors.FORBIDDEN({});
    return saveChange(dependencies, tx, store, { before, after: transition(before, to, dependencies.clock()) });
  });
}

export const pauseListing = (dependencies: Dependencies) => sellerMove(dependencies, 'pauseListing', 'paused');
export const markListingSold = (dependencies: Dependencies) => sellerMove(dependencies, 'markListingSold', 'sold');
export const deleteListing = (dependencies: Dependencies) => sellerMove(dependencies, 'deleteListing', 'deleted');

/** Takes a listing off sale as an operator, with the reason in the audit log. */
export function suspendListing(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.suspendListing, async ({ input, context, tx }) => {
    const { listing: before, store } = await lockForChange(tx, context, input, { asOperator: true });
    await tx.audit({
      action: 'listing.suspended',
      subject: input.listingId,
      actor: context.actor,
      details: { reason: input.reason },
    });
    return saveChange(dependencies, tx, store, {
      before,
      after: transition(before, 'suspended', dependencies.clock()),
    });
  });
}

/** Lifts a suspension. The seller decides when to publish again. */
export function reinstateListing(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.reinstateListing, async ({ input, context, tx }) => {
    const { listing: before, store } = await lockForChange(tx, context, input, { asOperator: true });
    if (before.state !== 'suspended')
      throw invalidInput([{ pointer: '/listingId', code: 'state', detail: 'is not suspended' }]);
    await tx.audit({ action: 'listing.reinstated', subject: input.listingId, actor: context.actor });
    return saveChange(dependencies, tx, store, { before, after: transition(before, 'paused', dependencies.clock()) });
  });
}
