import type { Database, Storage } from '@plaza/runtime';

/** What media's operations stand on. */
export type Dependencies = {
  readonly database: Database;
  readonly storage: Storage;
  readonly clock: () => Date;
  /** Whether imports may fetch from private networks; only where the operator says so. */
  readonly arePrivateAddressesAllowed: boolean;
};
