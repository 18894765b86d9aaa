import type { catalogContract } from '@plaza/catalog/contract';
import { asService, type Client, type Context } from '@plaza/kernel';
import { type Database, fillOnce } from '@plaza/runtime';
import { saveListings } from '../store/listing.ts';

type Dependencies = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly catalog: Pick<Client<typeof catalogContract>, 'exportSearchDocuments'>;
};

/** Documents asked of the catalog at once. */
const PAGE_DOCUMENTS = 500;

/** Learns the listings that were published before this service was there. */
export function fillListings({ database, clock, catalog }: Dependencies): (context: Context) => Promise<void> {
  return fillOnce({
    database,
    clock,
    table: 'discovery.listing_fill',
    ask: (context, place) =>
      catalog.exportSearchDocuments({ limit: PAGE_DOCUMENTS, ...place }, asService('discovery', context)),
    keep: (tx, documents) => saveListings(tx, tx.marketplaceId, documents),
  });
}
