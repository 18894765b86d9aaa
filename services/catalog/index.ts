import type { Client } from '@plaza/kernel';
import type { mediaContract } from '@plaza/media/contract';
import { defineService, timer } from '@plaza/runtime';
import { catalogContract } from './contract.ts';
import { errors } from './errors.ts';
import { catalogEvents } from './events.ts';
import { createImporting } from './import/index.ts';
import { listListings } from './operations/browse.ts';
import { createListing } from './operations/create-listing.ts';
import type { AccountOpening, Dependencies, RoleGranting, UsageReporting } from './operations/dependencies.ts';
import { introduceStores } from './operations/introduce-stores.ts';
import {
  deleteListing,
  markListingSold,
  pauseListing,
  publishListing,
  reinstateListing,
  suspendListing,
} from './operations/move-listing.ts';
import {
  exportSearchDocuments,
  getListing,
  getMyListing,
  listAllListings,
  listCategories,
  listSitemapEntries,
  listStoreListings,
} from './operations/read-listings.ts';
import { createRelease, getLicensedFiles, listReleases } from './operations/releases.ts';
import { reportUsage } from './operations/report-usage.ts';
import {
  commitReservation,
  expiryTimer,
  forgetTimer,
  releaseReservation,
  reserveStock,
} from './operations/reservations.ts';
import { quoteVariants, restock, setStock } from './operations/stock.ts';
import { createStore, storeReads, updateStore } from './operations/stores.ts';
import { updateListing } from './operations/update-listing.ts';
import { reactions } from './reactions.ts';
import { addUpFacets } from './store/facets.ts';

/** Stores, listings, stock: ready to mount. Needs media for images and files, identity to make members sellers, payments
 * for their balances, subscriptions for what their plans bill. */
export const catalogService = defineService({
  name: 'catalog',
  floor: 3,
  contract: catalogContract,
  events: catalogEvents,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create: (
    platform,
    clients: {
      media: Client<typeof mediaContract>;
      identity: RoleGranting;
      payments: AccountOpening;
      subscriptions: UsageReporting;
    },
  ) => {
    const { database, marketplaces, clock, log } = platform;
    const { media, identity, payments, subscriptions } = clients;
    const dependencies: Dependencies = { database, marketplaces, clock, log, media, identity, payments, subscriptions };
    const importing = createImporting({
      database,
      marketplaces,
      clock,
      storage: platform.storage,
      media: clients.media,
    });
    return {
      handlers: {
        ...importing.handlers,
        createStore: createStore(dependencies),
        updateStore: updateStore(dependencies),
        ...storeReads(dependencies),
        listStoreListings: listStoreListings(dependencies),
        createListing: createListing(dependencies),
        updateListing: updateListing(dependencies),
        publishListing: publishListing(dependencies),
        pauseListing: pauseListing(dependencies),
        markListingSold: markListingSold(dependencies),
        deleteListing: deleteListing(dependencies),
        suspendListing: suspendListing(dependencies),
        reinstateListing: reinstateListing(dependencies),
        getMyListing: getMyListing(dependencies),
        listAllListings: listAllListings(dependencies),
        listListings: listListings(dependencies),
        getListing: getListing(dependencies),
        listCategories: listCategories(dependencies),
        listSitemapEntries: listSitemapEntries(dependencies),
        setStock: setStock(dependencies),
        quoteVariants: quoteVariants(dependencies),
        reserveStock: reserveStock(dependencies),
        commitReservation: commitReservation(dependencies),
        releaseReservation: releaseReservation(dependencies),
        restock: restock(dependencies),
        createRelease: createRelease(dependencies),
        listReleases: listReleases(dependencies),
        getLicensedFiles: getLicensedFiles(dependencies),
        exportSearchDocuments: exportSearchDocuments(dependencies),
      },
      reactions,
      timers: [
        ...importing.timers,
        timer({ name: 'introduce-stores', everySeconds: 3600, isDueAtStart: true, run: introduceStores(dependencies) }),
        timer({ name: 'report-usage', everySeconds: 3600, run: reportUsage(dependencies) }),
        expiryTimer(dependencies),
        forgetTimer(dependencies),
        timer({
          name: 'add-up-facets',
          everySeconds: 2,
          run: ({ marketplaceId }) => addUpFacets(database, marketplaceId),
        }),
      ],
    };
  },
});
