import { localize } from '@plaza/kernel';
import type { MarketplaceSettings, Plan } from '@plaza/kernel/marketplace';
import type { Transaction } from '@plaza/runtime';
import { listingLimit } from '../domain/plan-limit.ts';
import { errors } from '../errors.ts';
import { countOnSale } from '../store/store-plan.ts';
import type { StoreRecord } from '../store/stores.ts';

/** Listings over the limit, from a larger plan, are counted as far as this: what one transaction may take off sale. */
const OVER_MAX = 1_000;

/** How many more listings a store may put on sale by its plan. Who has more than a smaller plan allows keeps them. */
export type Room = { readonly plan: Plan; readonly limit: number; left: number };

/** The room that is left, for this transaction alone; undefined without limit, which costs no statement. */
export async function roomOf(
  tx: Transaction,
  settings: MarketplaceSettings,
  { id, planId }: Pick<StoreRecord, 'id' | 'planId'>,
): Promise<Room | undefined> {
  const limited = listingLimit(settings, planId);
  if (limited === undefined) return undefined;
  return { ...limited, left: limited.limit - (await countOnSale(tx, id, limited.limit + OVER_MAX)) };
}

/** @throws LISTING_LIMIT_REACHED when the store's plan has no room for one more on sale */
export async function requireRoom(
  tx: Transaction,
  settings: MarketplaceSettings,
  store: StoreRecord,
  locale: string,
): Promise<void> {
  const room = await roomOf(tx, settings, store);
  if (room === undefined || room.left > 0) return;
  const planName = localize(room.plan.name, locale, settings.locales);
  throw errors.LISTING_LIMIT_REACHED({ planId: room.plan.id, planName, limit: room.limit });
}
