import type { Database, Logger } from '@plaza/runtime';
import type { Activity } from '../domain/activity.ts';
import { WINDOW_MS, windowOf } from '../domain/trend.ts';
import { findFacts } from '../store/listing.ts';
import type { Mark, TrendBoard } from '../trends/board.ts';

/** Listings whose category and area are remembered. */
const PLACES_MAX = 50_000;

type Place = { readonly categoryIds: readonly string[]; readonly area: string | null };

type Dependencies = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly board: TrendBoard;
};

export type TrendCounting = {
  /** Counts what people did; returns at once. */
  note(marketplaceId: string, activities: readonly Activity[]): void;
  /** Counts what was done in the windows from one on. */
  count(marketplaceId: string, activities: readonly Activity[], fromMs: number): Promise<void>;
  /** Resolves when what was noted of a marketplace is counted. */
  settled(marketplaceId: string): Promise<void>;
  stop(): Promise<void>;
};

/** People by thing and window, on the board. */
export function createTrendCounting({ database, clock, log, board }: Dependencies): TrendCounting {
  const places = new Map<string, Place>();
  const underWay = new Map<string, Promise<void>>();
  const waiting = new Map<string, Activity[]>();

  /** Categories and areas of listings, from memory where they are known. */
  async function placesOf(marketplaceId: string, ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !places.has(id));
    if (missing.length === 0) return;
    if (places.size > PLACES_MAX) places.clear();
    for (const { id, categoryPath, area } of await findFacts(database.read(marketplaceId), marketplaceId, missing))
      places.set(id, { categoryIds: categoryPath, area });
  }

  async function count(marketplaceId: string, activities: readonly Activity[], fromMs: number): Promise<void> {
    await placesOf(marketplaceId, [...new Set(activities.flatMap(({ listingId }) => listingId ?? []))]);
    for (const [windowMs, ofWindow] of Map.groupBy(activities, ({ occurredMs }) => windowOf(occurredMs))) {
      // What comes after its window was told would begin it anew.
      if (windowMs < fromMs) continue;
      const marks = ofWindow.flatMap((activity) => marksOf(activity, places.get(activity.listingId ?? '')));
      await board.count(marketplaceId, windowMs, marks);
    }
  }

  async function drain(marketplaceId: string): Promise<void> {
    for (;;) {
      const activities = waiting.get(marketplaceId);
      if (activities === undefined) return;
      waiting.delete(marketplaceId);
      await count(marketplaceId, activities, windowOf(clock().getTime()) - WINDOW_MS).catch((error) =>
        log.warn({ err: error, marketplaceId }, 'trends could not be counted'),
      );
    }
  }

  return {
    count,
    note(marketplaceId, activities) {
      const known = waiting.get(marketplaceId);
      if (known === undefined) waiting.set(marketplaceId, [...activities]);
      else for (const activity of activities) known.push(activity);
      if (underWay.has(marketplaceId)) return;
      underWay.set(
        marketplaceId,
        drain(marketplaceId).finally(() => underWay.delete(marketplaceId)),
      );
    },
    async settled(marketplaceId) {
      await underWay.get(marketplaceId);
    },
    async stop() {
      await Promise.allSettled(underWay.values());
      waiting.clear();
    },
  };
}

/** What an event counts for: its listing, the categories of it, both again in its area, or its query. */
function marksOf({ actorId, kind, query, listingId, resultCount }: Activity, place: Place | undefined): Mark[] {
  // A trend that leads to an empty page helps nobody.
  if (kind === 'search') return query === null || resultCount === 0 ? [] : [{ scope: 'search', item: query, actorId }];
  // A listing that is not known here counts for nothing: anybody could make ids up.
  if (listingId === null || place === undefined) return [];
  const marks: Mark[] = [
    { scope: 'listing', item: listingId, actorId },
    ...place.categoryIds.map((item) => ({ scope: 'category', item, actorId })),
  ];
  const { area } = place;
  return area === null ? marks : [...marks, ...marks.map((mark) => ({ ...mark, scope: `${mark.scope}@${area}` }))];
}
