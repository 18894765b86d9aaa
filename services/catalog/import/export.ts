import { Readable } from 'node:stream';
import type { Currency } from '@plaza/kernel';
import { loadListings } from '../store/listings.ts';
import type { ExportFormat } from './contract.ts';
import type { RunDependencies } from './dependencies.ts';
import { csvLine, decimal, type Exported, imageAddresses } from './exported.ts';
import { SHOPIFY_COLUMNS, shopifyRows } from './shopify-rows.ts';
import { imagesOf } from './store/image.ts';
import { columnsOf, listingIdsAfter, sourcesOf } from './store/source.ts';

const PAGE_LISTINGS = 200;

/** A store's catalog as text, made page by page while it is read. `count` tells how many listings went out. */
export function exportFile(
  dependencies: Pick<RunDependencies, 'database'>,
  marketplaceId: string,
  storeId: string,
  format: ExportFormat,
): { stream: Readable; count(): number } {
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    const queries = dependencies.database.read(marketplaceId);
    const columns = format === 'ndjson' ? [] : ((await columnsOf(queries, marketplaceId, storeId)) ?? SHOPIFY_COLUMNS);
    if (format === 'shopify-csv') yield csvLine(columns);
    for await (const page of pages(dependencies, marketplaceId, storeId)) {
      count += page.length;
      yield page
        .map((each) =>
          format === 'ndjson'
            ? `${JSON.stringify(productOf(each))}\n`
            : shopifyRows(each, columns)
                .map((row) => csvLine(columns.map((column) => row[column] ?? '')))
                .join(''),
        )
        .join('');
    }
  }
  return { stream: Readable.from(lines()), count: () => count };
}

async function* pages(
  { database }: Pick<RunDependencies, 'database'>,
  marketplaceId: string,
  storeId: string,
): AsyncGenerator<Exported[]> {
  const queries = database.read(marketplaceId);
  let afterId: string | undefined;
  for (;;) {
    const ids = await listingIdsAfter(queries, marketplaceId, { storeId, afterId, limit: PAGE_LISTINGS });
    if (ids.length === 0) return;
    const [listings, sources, images] = await Promise.all([
      loadListings(queries, marketplaceId, { ids }, { lock: false }),
      sourcesOf(queries, marketplaceId, ids),
      imagesOf(queries, marketplaceId, ids),
    ]);
    yield listings.map((listing) => ({
      listing,
      source: sources.get(listing.id),
      images: images.filter(({ listingId }) => listingId === listing.id),
    }));
    afterId = ids.at(-1);
    if (ids.length < PAGE_LISTINGS) return;
  }
}

/** A listing as one JSON value; an import of it gives the same listing again. */
function productOf({ listing, source, images }: Exported): Record<string, unknown> {
  const currency = listing.currency as Currency;
  const amount = (minor: number | null) => (minor === null ? undefined : decimal(minor, currency));
  return {
    handle: listing.handle,
    externalId: listing.externalId ?? undefined,
    title: listing.title,
    description: listing.description,
    categoryId: listing.categoryId,
    kind: listing.kind,
    condition: listing.condition ?? undefined,
    state: listing.state,
    tags: listing.tags,
    attributes: listing.attributes,
    images: imageAddresses(listing, images),
    variants: listing.variants.map((variant) => ({
      sku: variant.sku ?? undefined,
      options: variant.options,
      price: amount(variant.priceMinor),
      compareAtPrice: amount(variant.compareAtMinor),
      stock: variant.onHand,
      weightGrams: variant.weightGrams ?? undefined,
      externalId: variant.externalId ?? undefined,
    })),
    shopifyRows: source,
  };
}
