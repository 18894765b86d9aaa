import { asService, type Context, type FieldError, invalidInput, noneOf, uuidFromId } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { ListingImage, VariantInput } from '../contract.ts';
import { attributeMistakes } from '../domain/attributes.ts';
import { categoryIndex } from '../domain/categories.ts';
import { facetTokens } from '../domain/facets.ts';
import { CATEGORY_DEPTH_MAX, type ListingRecord } from '../domain/listing.ts';
import { safeDescription } from '../domain/safe-html.ts';
import { type VariantChange, variantMistakes } from '../domain/variants.ts';
import { type Dependencies, settingsOf } from './dependencies.ts';

/** The parts of a listing that the marketplace's settings have a say in. */
type Checked = Pick<ListingRecord, 'kind' | 'categoryId' | 'attributes' | 'condition' | 'state'>;

/** Everything the marketplace's settings hold against a listing, by field. */
export function settingsMistakes(settings: MarketplaceSettings, listing: Checked): FieldError[] {
  const category = categoryIndex(settings).byId.get(listing.categoryId);
  if (category === undefined)
    return [{ pointer: '/categoryId', code: 'unknown', detail: 'is not a category of this marketplace' }];
  const found: FieldError[] = [];
  if (category.path.length > CATEGORY_DEPTH_MAX)
    found.push({ pointer: '/categoryId', code: 'depth', detail: `is more than ${CATEGORY_DEPTH_MAX} levels deep` });
  if (!category.kinds.includes(listing.kind))
    found.push({ pointer: '/kind', code: 'kind', detail: `must be ${category.kinds.join(' or ')} in this category` });
  const conditions: string[] = settings.conditions.map(({ id }) => id);
  if (listing.condition !== null && !conditions.includes(listing.condition))
    found.push({ pointer: '/condition', code: 'unknown', ...noneOf(conditions) });
  const isComplete = listing.state === 'published';
  return [...found, ...attributeMistakes(category.attributes, listing.attributes, { isComplete })];
}

/** The listing with what follows from its category and texts: path, facets, safe description. */
export function derived(settings: MarketplaceSettings, listing: ListingRecord): ListingRecord {
  const category = categoryIndex(settings).byId.get(listing.categoryId);
  return {
    ...listing,
    description: safeDescription(listing.description),
    categoryPath: category?.path.map(({ id }) => id) ?? [listing.categoryId],
    facets: category === undefined ? [] : facetTokens(category.attributes, listing.attributes, listing.condition),
  };
}

/**
 * Variants as the database keeps them. Refuses another currency than the marketplace's, an unknown license and
 * variants that contradict each other. `imageUrls`: card URLs of the images that variants name.
 */
export function variantChanges(
  settings: MarketplaceSettings,
  inputs: readonly VariantInput[],
  imageUrls: ReadonlyMap<string, string>,
): VariantChange[] {
  const found: FieldError[] = [];
  const licenses = settings.licenses.map(({ id }) => id);
  const changes = inputs.map((input, i): VariantChange => {
    for (const field of ['price', 'compareAtPrice'] as const)
      if (input[field] && input[field].currency !== settings.currency)
        found.push({
          pointer: `/variants/${i}/${field}/currency`,
          code: 'currency',
          detail: `must be ${settings.currency}`,
        });
    if (input.licenseCode != null && licenses.length > 0 && !licenses.includes(input.licenseCode))
      found.push({ pointer: `/variants/${i}/licenseCode`, code: 'unknown', ...noneOf(licenses) });
    return {
      id: input.id === undefined ? undefined : uuidFromId(input.id),
      sku: input.sku ?? null,
      options: input.options,
      priceMinor: input.price.amountMinor,
      compareAtMinor: input.compareAtPrice?.amountMinor ?? null,
      onHand: input.onHand,
      weightGrams: input.weightGrams ?? null,
      imageUrl: input.imageAssetId == null ? null : (imageUrls.get(input.imageAssetId) ?? null),
      licenseCode: input.licenseCode ?? null,
      externalId: input.externalId ?? null,
    };
  });
  found.push(...variantMistakes(changes));
  if (found.length > 0) throw invalidInput(found);
  return changes;
}

/**
 * The images of a listing, with the addresses of their renditions. A member may show only own files; the ones the
 * listing already shows stay allowed. Refuses what is missing, private or not an image.
 */
export async function resolveImages(
  dependencies: Dependencies,
  context: Context,
  images: readonly { assetId: ListingImage['assetId']; alt?: string | null | undefined }[],
  known: readonly ListingImage[] = [],
): Promise<ListingImage[]> {
  const byId = new Map<string, ListingImage>(known.map((image) => [image.assetId, image]));
  const missing = [...new Set(images.map(({ assetId }) => assetId).filter((assetId) => !byId.has(assetId)))];
  if (missing.length > 0) {
    const owner = context.actor.kind === 'member' ? { ownerMemberId: context.actor.memberId } : {};
    const { items } = await dependencies.media.getAssets(
      { assetIds: missing, ...owner },
      asService('catalog', context),
    );
    for (const { id, renditions, width, height } of items) {
      if (renditions === null) continue;
      byId.set(id, {
        assetId: id,
        alt: null,
        thumbUrl: renditions.thumb,
        cardUrl: renditions.card,
        url: renditions.full,
        width,
        height,
      });
    }
  }
  const found: FieldError[] = [];
  const resolved = images.flatMap(({ assetId, alt }, i) => {
    const image = byId.get(assetId);
    if (image !== undefined) return [{ ...image, alt: alt === undefined ? image.alt : alt }];
    found.push({ pointer: `/images/${i}/assetId`, code: 'unknown', detail: 'is not an image of yours' });
    return [];
  });
  if (found.length > 0) throw invalidInput(found);
  return resolved;
}

/** Card URLs of variants' own images, which must be among the listing's images. */
export function variantImageUrls(
  images: readonly ListingImage[],
  variants: readonly VariantInput[],
): Map<string, string> {
  const urls = new Map<string, string>(images.map(({ assetId, cardUrl }) => [assetId, cardUrl]));
  const stray = variants.findIndex(({ imageAssetId }) => imageAssetId != null && !urls.has(imageAssetId));
  if (stray >= 0)
    throw invalidInput([
      { pointer: `/variants/${stray}/imageAssetId`, code: 'unknown', detail: 'must be one of the listing’s images' },
    ]);
  return urls;
}

/** A path of names for a listing's category; a category that left the tree is shown by its id. */
export function namedPath(
  dependencies: Pick<Dependencies, 'marketplaces'>,
  context: { marketplaceId: string },
  listing: Pick<ListingRecord, 'categoryId' | 'categoryPath'>,
) {
  const path = categoryIndex(settingsOf(dependencies, context)).byId.get(listing.categoryId)?.path;
  return path ?? listing.categoryPath.map((id) => ({ id, name: { en: id } }));
}
