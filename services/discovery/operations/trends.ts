import type { Context, Handler } from '@plaza/kernel';
import type { Database, Logger } from '@plaza/runtime';
import type { discoveryContract } from '../contract.ts';
import type { Activity } from '../domain/activity.ts';
import { TRENDING_MS, WINDOW_MS, windowOf } from '../domain/trend.ts';
import { findStart, listActivity } from '../store/activity.ts';
import { findCards } from '../store/feed.ts';
import { findClosedWindow, listTrends, type Trend } from '../store/trends.ts';
import type { TrendBoard } from '../trends/board.ts';
import { closeWindow, learnWindow } from './close-window.ts';
import { createTrendCounting } from './trend-counting.ts';

type Dependencies = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly board: TrendBoard;
};

/** A trend of twenty minutes ago counts half. */
const HALF_LIFE_SECONDS = 1_200;
/** Windows told after they ended: what is older than this is of no interest any more. */
const LATE_MAX = 3;
/** Events a restart counts again, so that it knows what is usual. */
const WARMED_MAX = 200_000;
const WARMED_MS = 6 * 3_600_000;
const PAGE_EVENTS = 5_000;

export type Trends = {
  /** Counts what people did; returns at once. */
  note(marketplaceId: string, activities: readonly Activity[]): void;
  /** Tells the windows that have ended. */
  closeWindows(context: Context): Promise<void>;
  readonly handlers: { readonly getTrends: Handler<(typeof discoveryContract)['getTrends']> };
  /** Counts the last hours again, after a restart. */
  warm(marketplaceId: string): Promise<void>;
  stop(): Promise<void>;
};

/** People by thing and window, and what is unusual among it. */
export function createTrends(dependencies: Dependencies): Trends {
  const { database, clock, board } = dependencies;
  const counting = createTrendCounting(dependencies);

  return {
    note: counting.note,

    async closeWindows({ marketplaceId }) {
      const current = windowOf(clock().getTime());
      const closed = await findClosedWindow(database.read(marketplaceId), marketplaceId);
      await counting.settled(marketplaceId);
      const first = Math.max(current - LATE_MAX * WINDOW_MS, (closed?.getTime() ?? 0) + WINDOW_MS);
      for (let windowMs = first; windowMs < current; windowMs += WINDOW_MS)
        await closeWindow(dependencies, marketplaceId, windowMs);
      if (first < current) await board.forget(marketplaceId, current - WINDOW_MS);
    },

    handlers: { getTrends: getTrends(dependencies) },

    async warm(marketplaceId) {
      const queries = database.read(marketplaceId);
      const until = clock();
      const current = windowOf(until.getTime());
      const start = await findStart(queries, marketplaceId, WARMED_MAX);
      if (start === undefined) return;
      const from = windowOf(Math.max(start.getTime(), until.getTime() - WARMED_MS));
      let after = { occurredTime: new Date(from - 1), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
      for (let isMore = true; isMore; ) {
        const page = await listActivity(queries, marketplaceId, { after, recordedUntil: until, limit: PAGE_EVENTS });
        await counting.count(marketplaceId, page, from);
        const last = page.at(-1);
        isMore = page.length === PAGE_EVENTS;
        if (last !== undefined) after = { occurredTime: new Date(last.occurredMs), id: last.id };
      }
      const closed = (await findClosedWindow(queries, marketplaceId))?.getTime() ?? current - WINDOW_MS;
      // Those that were told before are only learned from; the others are closed in their turn.
      for (let windowMs = from; windowMs <= Math.min(closed, current - WINDOW_MS); windowMs += WINDOW_MS)
        await learnWindow(board, marketplaceId, windowMs);
      await board.forget(marketplaceId, current - LATE_MAX * WINDOW_MS);
    },

    async stop() {
      await counting.stop();
      await board.close();
    },
  };
}

/** What trends within the hour, in an area or everywhere; what was told lately counts more. */
function getTrends({ database, clock }: Pick<Dependencies, 'database' | 'clock'>): Trends['handlers']['getTrends'] {
  return async ({ input: { area, limit }, context: { marketplaceId } }) => {
    const now = clock();
    const queries = database.read(marketplaceId);
    const [listing, category] = area === undefined ? ['listing', 'category'] : [`listing@${area}`, `category@${area}`];
    const found = await listTrends(queries, marketplaceId, {
      scopes: [listing, 'search', category],
      from: new Date(now.getTime() - TRENDING_MS),
      now,
      halfLifeSeconds: HALF_LIFE_SECONDS,
      each: limit,
    });
    const of = (scope: string) => found.filter((trend) => trend.scope === scope);
    const listingIds = of(listing).map(({ item }) => item);
    const cards = await findCards(queries, marketplaceId, listingIds);
    const newest = Math.max(...found.map(({ windowTime }) => windowTime.getTime()));
    const measure = ({ people, usual }: Trend) => ({ people, usual: Math.round(usual * 10) / 10 });
    return {
      windowTime: found.length === 0 ? null : new Date(newest).toISOString(),
      listings: of(listing).flatMap((trend) => {
        const card = cards.get(trend.item);
        return card === undefined ? [] : [{ listing: card, ...measure(trend) }];
      }),
      searches: of('search').map((trend) => ({ query: trend.item, ...measure(trend) })),
      categories: of(category).map((trend) => ({ categoryId: trend.item, ...measure(trend) })),
    };
  };
}
