import type { catalogContract } from '@plaza/catalog/contract';
import { asService, type Client, type Context, everyPage } from '@plaza/kernel';
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
    if (fill?.isComplete !== true) {
      const own = asService('discovery', context);
      const ask = (place: object) => catalog.exportSearchDocuments({ limit: PAGE_DOCUMENTS, ...place }, own);
      for await (const { items, nextCursor } of everyPage(ask, fill?.cursor)) {
        await database.transaction(marketplaceId, async (tx) => {
          await saveListings(tx, marketplaceId, items);
          await saveFill(tx, marketplaceId, nextCursor, nextCursor === null ? clock() : null);
        });
      }
    }
    filled.add(marketplaceId);
  };
}
