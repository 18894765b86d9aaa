import { asService, type Context, everyPage } from '@plaza/kernel';
import type { EndedGroup } from '@plaza/orders/contract';
import { fillOnce, type Transaction } from '@plaza/runtime';
import { keptOf } from '../domain/reviewable.ts';
import { savePurchases } from '../store/purchase.ts';
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

/** Learns what was bought before this service ran, in marketplaces with reviews. */
export function fillPurchases({
  database,
  marketplaces,
  clock,
  orders,
}: Pick<Dependencies, 'database' | 'marketplaces' | 'clock' | 'orders'>): (context: Context) => Promise<void> {
  const fill = fillOnce({
    database,
    clock,
    table: 'reviews.purchase_fill',
    ask: (context, place) => orders.listEndedGroups({ limit: PAGE_GROUPS, ...place }, asService('reviews', context)),
    keep,
  });
  return async (context) => {
    if (marketplaces.get(context.marketplaceId).features.reviews) await fill(context);
  };
}
