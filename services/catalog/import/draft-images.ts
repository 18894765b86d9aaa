import type { ListingRecord } from '../domain/listing.ts';
import type { Draft } from './draft.ts';
import type { ImageRow } from './store/image.ts';

/**
 * Which images a listing shows now and which are to be fetched. The same addresses as last time change nothing, so
 * that pictures arranged by hand stay; `wanted` is absent then.
 */
export function imagesFor(
  draft: Draft,
  before: ListingRecord | undefined,
  known: readonly ImageRow[],
): {
  shown: ListingRecord['images'];
  wanted?: readonly Omit<ImageRow, 'attempts' | 'listingId' | 'position' | 'folder'>[];
} {
  const given = draft.images?.slice(0, 30);
  const shown = before?.images ?? [];
  const isSame =
    given === undefined || JSON.stringify(given) === JSON.stringify(known.map(({ url, alt }) => ({ url, alt })));
  if (isSame) return { shown };
  const byUrl = new Map(known.flatMap(({ url, image }) => (image === null ? [] : [[url, image]])));
  const wanted = given.map(({ url, alt }) => {
    const image = byUrl.get(url);
    return {
      url,
      alt,
      image: image === undefined ? null : { ...image, alt },
      state: image === undefined ? ('waiting' as const) : ('fetched' as const),
    };
  });
  return { shown: wanted.flatMap(({ image }) => image ?? []), wanted };
}

/** Known images by the listing they are of. */
export function imagesByListing(rows: readonly ImageRow[]): Map<string, ImageRow[]> {
  const groups = new Map<string, ImageRow[]>();
  for (const row of rows) {
    const group = groups.get(row.listingId);
    if (group === undefined) groups.set(row.listingId, [row]);
    else group.push(row);
  }
  return groups;
}
