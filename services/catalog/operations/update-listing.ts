import { idFromUuid, invalidInput, newUuid, uuidFromId } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { catalogContract, type VariantInput } from '../contract.ts';
import { slugOf } from '../domain/handle.ts';
import type { ListingRecord } from '../domain/listing.ts';
import { mergeVariants, type VariantRecord } from '../domain/variants.ts';
import { errors } from '../errors.ts';
import { type Dependencies, settingsOf } from './dependencies.ts';
import { derived, resolveImages, settingsMistakes, variantChanges, variantImageUrls } from './prepare-listing.ts';
import { lockForChange, saveChange } from './write-listing.ts';

/** Changes what the input names. A published listing must stay complete. */
export function updateListing(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.updateListing, async ({ input, context, tx }) => {
    const { listing: before, store } = await lockForChange(tx, context, input);
    const settings = settingsOf(dependencies, context);
    const { listingId: _, expectedVersion: __, images: imageInputs, variants: variantInputs, ...given } = input;
    const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const images =
      imageInputs === undefined
        ? before.images
        : await resolveImages(dependencies, context, imageInputs, before.images);
    const after: ListingRecord = { ...before, ...(fields as Partial<ListingRecord>), images };
    const mistakes = settingsMistakes(settings, after);
    if (mistakes.length > 0) throw invalidInput(mistakes);
    const variants = variantInputs === undefined ? before.variants : mergedVariants(before, variantInputs, images);
    return saveChange(dependencies, tx, store, {
      before,
      after: derived(settings, {
        ...after,
        variants,
        // An address that was never public may still follow the handle; a public one stays, links lead to it.
        slug: before.publishedTime === null ? slugOf(after.handle, before.id) : before.slug,
        stockVersion: before.stockVersion + (stockOf(variants) === stockOf(before.variants) ? 0 : 1),
      }),
    });

    function mergedVariants(listing: ListingRecord, inputs: readonly VariantInput[], shown: ListingRecord['images']) {
      const known = new Set(listing.variants.map(({ id }) => id));
      const stray = inputs.findIndex(({ id }) => id !== undefined && !known.has(uuidFromId(id)));
      if (stray >= 0)
        throw invalidInput([
          { pointer: `/variants/${stray}/id`, code: 'unknown', detail: 'is not a variant of this listing' },
        ]);
      const changes = variantChanges(settings, inputs, variantImageUrls(shown, inputs));
      const merged = mergeVariants(listing.variants, changes, newUuid);
      for (const variant of merged.variants) requireCovered(variant);
      return merged.variants;
    }
  });
}

/** What buyers have reserved cannot be counted away. A removed variant keeps its pieces until they are sold or given back. */
export function requireCovered({ id, onHand, reserved }: VariantRecord): void {
  if (onHand !== null && onHand < reserved)
    throw errors.STOCK_BELOW_RESERVED({ variantId: idFromUuid('variant', id), reserved });
}

function stockOf(variants: readonly VariantRecord[]): string {
  return JSON.stringify(variants.map(({ id, onHand }) => [id, onHand]));
}
