import type { catalogContract } from '@plaza/catalog/contract';
import { asService, type Client, type Context } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import { findFill, saveFill, saveListings } from '../store/listing.ts';

type Deps = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly catalog: Pick<Client<typeof catalogContract>, 'exportSearchDocuments'>;
};

/** Documents asked of the catalog at once. */
const PAGE_DOCUMENTS = 500;

/**
 * Learns the listings that were published before this service was there, once for each marketplace; where it was
 * interrupted it goes on. What changes meanwhile comes by events, and versions decide.
 */
export function fillListings({ database, clock, catalog }: Deps): (context: Context) => Promise<void> {
  const filled = new Set<string>();
  return async (context) => {
    const { marketplaceId } = context;
    if (filled.has(marketplaceId)) return;
    const fill = await findFill(database.read(marketplaceId), marketplaceId);
    let cursor = fill?.cursor ?? null;
    for (let isComplete = fill?.isComplete ?? false; !isComplete; isComplete = cursor === null) {
      const page: Awaited<ReturnType<typeof catalog.exportSearchDocuments>> = await catalog.exportSearchDocuments(
        { limit: PAGE_DOCUMENTS, ...(cursor === null ? {} : { cursor }) },
        asService('discovery', context),
      );
      cursor = page.nextCursor;
      await database.transaction(marketplaceId, async (tx) => {
        await saveListings(tx, marketplaceId, page.items);
        await saveFill(tx, marketplaceId, cursor, cursor === null ? clock() : null);
      });
    }
    filled.add(marketplaceId);
  };
}
