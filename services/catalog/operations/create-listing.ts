import { invalidInput, newUuid, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Transaction } from '@plaza/runtime';
import { catalogContract } from '../contract.ts';
import { handleFrom, numberedHandle, slugOf } from '../domain/handle.ts';
import type { ListingRecord } from '../domain/listing.ts';
import { mergeVariants } from '../domain/variants.ts';
import { lockName, takenHandles } from '../store/handles.ts';
import { findStore } from '../store/stores.ts';
import { type Dependencies, requireOwnStore, settingsOf } from './dependencies.ts';
import { derived, resolveImages, settingsMistakes, variantChanges, variantImageUrls } from './prepare-listing.ts';
import { saveChange } from './write-listing.ts';

/** Drafts a listing. Required attributes may still be missing; whatever is given must be right. */
export function createListing(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.createListing, async ({ input, context, tx }) => {
    const store = requireOwnStore(context, await findStore(tx, tx.marketplaceId, uuidFromId(input.storeId)));
    const settings = settingsOf(dependencies, context);
    const mistakes = settingsMistakes(settings, { ...input, state: 'draft' });
    if (mistakes.length > 0) throw invalidInput(mistakes);
    const images = await resolveImages(dependencies, context, input.images);
    const changes = variantChanges(settings, input.variants, variantImageUrls(images, input.variants));
    const id = newUuid();
    const handle = input.handle ?? (await freeHandle(tx, store.id, handleFrom(input.title)));
    const now = dependencies.clock();
    const listing: ListingRecord = {
      id,
      storeId: store.id,
      state: 'draft',
      kind: input.kind,
      handle,
      slug: slugOf(handle, id),
      title: input.title,
      description: input.description,
      categoryId: input.categoryId,
      categoryPath: [],
      attributes: input.attributes,
      condition: input.condition,
      location: input.location,
      tags: input.tags,
      images,
      taxClass: input.taxClass,
      isOfferAllowed: input.isOfferAllowed,
      externalId: input.externalId,
      currency: settings.currency,
      facets: [],
      currentReleaseId: null,
      stockVersion: 1,
      version: 0,
      createdTime: now,
      updatedTime: now,
      publishedTime: null,
      variants: mergeVariants([], changes, newUuid).variants,
    };
    return saveChange(dependencies, tx, store, { before: undefined, after: derived(settings, listing) });
  });
}

/**
 * The handle, or with the first number the store has not used: two lamps are `lamp` and `lamp-2`. It is looked for among a
 * few, then among ever more: whatever the store's other listings are called is not read.
 */
async function freeHandle(tx: Transaction, storeId: string, wanted: string): Promise<string> {
  await lockName(tx, storeId, wanted);
  for (let [first, count] = [1, 8]; ; first += count, count *= 4) {
    const candidates = Array.from({ length: count }, (_, index) => numberedHandle(wanted, first + index));
    const taken = await takenHandles(tx, storeId, candidates);
    const free = candidates.find((handle) => !taken.has(handle));
    if (free !== undefined) return free;
  }
}
