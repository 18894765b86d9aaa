import { browseOperations } from './contract/browse.ts';
import { listingOperations } from './contract/listing.ts';
import { releaseOperations } from './contract/release.ts';
import { exportOperations } from './contract/search-document.ts';
import { stockOperations } from './contract/stock.ts';
import { storeOperations } from './contract/store.ts';
import { importOperations } from './import/contract.ts';

export * from './contract/browse.ts';
export * from './contract/common.ts';
export * from './contract/listing.ts';
export * from './contract/release.ts';
export * from './contract/search-document.ts';
export * from './contract/stock.ts';
export * from './contract/store.ts';
export * from './import/contract.ts';

/** Stores, listings, variants, stock: what is for sale. */
export const catalogContract = {
  ...storeOperations,
  ...listingOperations,
  ...browseOperations,
  ...stockOperations,
  ...releaseOperations,
  ...exportOperations,
  ...importOperations,
};
