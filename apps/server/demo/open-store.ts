import type { Id, MemberId } from '@plaza/kernel';
import type { DemoStore } from './content/index.ts';

export type StoreId = Id<'store'>;

/** A listing that the store had already, or has now. */
export type FoundListing = { readonly id: Id<'listing'>; readonly state: string; readonly version: number };

/** A store of the street, open, with what it held before. */
export type OpenStore = {
  readonly store: DemoStore;
  readonly storeId: StoreId;
  readonly ownerId: MemberId;
  /** Its listings by handle, those of earlier starts and those made now. */
  readonly listings: Map<string, FoundListing>;
};
