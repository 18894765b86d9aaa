import { asService, type Context, everyPage } from '@plaza/kernel';
import type { EndedGroup } from '@plaza/orders/contract';
import type { Transaction } from '@plaza/runtime';
import { keptOf } from '../domain/reviewable.ts';
import { savePurchases } from '../store/purchase.ts';
import { findFill, saveFill } from '../store/purchase-fill.ts';
import type { Dependencies } from './dependencies.ts';

/** Groups asked of orders at once. */
const PAGE_GROUPS = 200;

/** Learns what of an order has come to its end, and what of that its buyer kept. Doing it twice changes nothing more. */
export async function learnOrder(
  { orders }: Pick<Dependencies, 'orders'>,
  { tx, context }: { readonly tx: Transaction; readonly context: Context },
  orderId: EndedGroup['orderId'],
): Promise<void> {
  const own = asService('reviews', context);
  for await (const { items } of everyPage((place) => orders.listEndedGroups({ orderId, ...place }, own)))
    await keep(tx, items);
}

/** Guests cannot review, nor who bought from themselves. */
async function keep(tx: Transaction, groups: readonly EndedGroup[]): Promise<void> {
  for (const group of groups) {
    const { buyerMemberId, sellerMemberId } = group;
    if (buyerMemberId === null || buyerMemberId === sellerMemberId) continue;
    const kept = keptOf(group);
    if (kept.length > 0) await savePurchases(tx, { ...group, buyerMemberId }, kept);
  }
}

/**
 * Learns what was bought before this service ran, once for each marketplace with reviews; where it was interrupted it goes
 * on. What ends meanwhile comes by events, and versions decide.
 */
export function fillPurchases({
  database,
  marketplaces,
  clock,
  orders,
}: Pick<Dependencies, 'database' | 'marketplaces' | 'clock' | 'orders'>): (context: Context) => Promise<void> {
  const filled = new Set<string>();
  return async (context) => {
    const { marketplaceId } = context;
    if (filled.has(marketplaceId) || !marketplaces.get(marketplaceId).features.reviews) return;
    const fill = await findFill(database.read(marketplaceId), marketplaceId);
    if (fill?.isComplete !== true) {
      const own = asService('reviews', context);
      const ask = (place: object) => orders.listEndedGroups({ limit: PAGE_GROUPS, ...place }, own);
      for await (const { items, nextCursor } of everyPage(ask, fill?.cursor)) {
        await database.transaction(marketplaceId, async (tx) => {
          await keep(tx, items);
          await saveFill(tx, marketplaceId, nextCursor, nextCursor === null ? clock() : null);
        });
      }
    }
    filled.add(marketplaceId);
  };
}
