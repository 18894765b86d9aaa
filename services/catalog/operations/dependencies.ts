import { type Client, type Context, hasRole, idFromUuid } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { mediaContract } from '@plaza/media/contract';
import type { Database, Platform } from '@plaza/runtime';
import type { subscriptionsContract } from '@plaza/subscriptions/contract';
import { errors } from '../errors.ts';
import type { StoreRecord } from '../store/stores.ts';

/** What the catalog's operations stand on. */
export type Dependencies = {
  readonly database: Database;
  readonly marketplaces: Platform['marketplaces'];
  readonly clock: () => Date;
  readonly media: Pick<Client<typeof mediaContract>, 'getAssets'>;
  readonly identity: RoleGranting;
  readonly payments: AccountOpening;
  readonly subscriptions: UsageReporting;
  readonly log: Platform['log'];
};

/** The part of identity that opening a store needs. Repeating it changes nothing. */
export type RoleGranting = {
  grantRole(input: { memberId: string; role: 'seller' }, context: Context): Promise<unknown>;
};

/** The part of payments that opening a store needs. Repeating it changes nothing. */
export type AccountOpening = {
  openStoreAccount(input: { storeId: string; ownerMemberId: string }, context: Context): Promise<unknown>;
};

/** The part of subscriptions that bills what stores have on sale. */
export type UsageReporting = Pick<Client<typeof subscriptionsContract>, 'recordUsage'>;

export function settingsOf(
  dependencies: Pick<Dependencies, 'marketplaces'>,
  context: { marketplaceId: string },
): MarketplaceSettings {
  return dependencies.marketplaces.get(context.marketplaceId);
}

/** Whether the caller may act for this store: its owner, or a service. */
export function ownsStore(context: Context, store: Pick<StoreRecord, 'ownerMemberId'>): boolean {
  const { actor } = context;
  if (actor.kind === 'service') return true;
  return actor.kind === 'member' && actor.memberId === idFromUuid('member', store.ownerMemberId);
}

/** The store, if it is the caller's. Someone else's is answered like none. */
export function requireOwnStore(context: Context, store: StoreRecord | undefined): StoreRecord {
  if (store === undefined || !ownsStore(context, store)) throw errors.STORE_NOT_FOUND({});
  return store;
}

/** Whether the caller watches over the marketplace. */
export function isOperator(context: Context): boolean {
  return hasRole(context, 'moderator', 'admin');
}
