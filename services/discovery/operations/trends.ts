import type { Context, Handler } from '@plaza/kernel';
import { idFromUuid } from '@plaza/kernel';
import type { Database, Logger } from '@plaza/runtime';
import type { discoveryContract } from '../contract.ts';
import type { Activity } from '../domain/activity.ts';
import { settled, trendScore, usualAt, WINDOW_MS, windowOf } from '../domain/trend.ts';
import { trendsChanged } from '../events.ts';
import { findStart, listActivity } from '../store/activity.ts';
import { findCards } from '../store/feed.ts';
import { findFacts } from '../store/listing.ts';
import { claimWindow, findClosedWindow, listTrends, saveTrends, type Trend } from '../store/trends.ts';
import type { Mark, TrendBoard } from '../trends/board.ts';

type Deps = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly board: TrendBoard;
};

/** Things of a scope that are looked at when a window ends. */
const LOOKED_AT_MAX = 500;
/** Of a scope, so many are kept of a window. */
const KEPT_EACH = 50;
const HOUR_MS = 3_600_000;
/** A trend of twenty minutes ago counts half. */
const HALF_LIFE_SECONDS = 1_200;
/** Windows told after they ended: what is older than this is of no interest any more. */
const LATE_MAX = 3;
/** Listings whose category and area are remembered. */
const PLACES_MAX = 50_000;
/** Events a restart counts again, so that it knows what is usual. */
const WARMED_MAX = 200_000;
const PAGE_EVENTS = 5_000;

type Place = { readonly categoryIds: readonly string[]; readonly area: string | null };

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
export function createTrends({ database, clock, log, board }: Deps): Trends {
  const places = new Map<string, Place>();
  const underWay = new Map<string, Promise<void>>();
  let waiting = new Map<string, Activity[]>();

  /** Categories and areas of listings, from memory where they are known. */
  async function placesOf(marketplaceId: string, ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !places.has(id));
    if (missing.length === 0) return;
    if (places.size > PLACES_MAX) places.clear();
    for (const { id, categoryPath, area } of await findFacts(database.read(marketplaceId), marketplaceId, missing))
      places.set(id, { categoryIds: categoryPath, area });
  }

  async function count(marketplaceId: string, activities: readonly Activity[], fromMs: number): Promise<void> {
    const listingIds = [...new Set(activities.flatMap(({ listingId }) => listingId ?? []))];
    await placesOf(marketplaceId, listingIds);
    for (const [windowMs, ofWindow] of Map.groupBy(activities, ({ occurredMs }) => windowOf(occurredMs))) {
      // What comes after its window was told would begin it anew.
      if (windowMs < fromMs) continue;
      await board.count(
        marketplaceId,
        windowMs,
        ofWindow.flatMap((activity) =>
          marksOf(activity, activity.listingId === null ? undefined : places.get(activity.listingId)),
        ),
      );
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

  /** What is unusual in a window, and what is usual from then on. */
  async function judge(marketplaceId: string, windowMs: number) {
    const trends: Trend[] = [];
    const usual = new Map<string, Map<string, ReturnType<typeof settled>>>();
    for (const scope of await board.scopes(marketplaceId, windowMs)) {
      const standings = await board.top(marketplaceId, windowMs, scope, LOOKED_AT_MAX);
      const baselines = await board.baselines(
        marketplaceId,
        scope,
        standings.map(({ item }) => item),
      );
      const found: Trend[] = [];
      const next = new Map<string, ReturnType<typeof settled>>();
      for (const { item, people } of standings) {
        const before = usualAt(baselines.get(item), windowMs);
        const score = trendScore(people, before);
        if (score > 0) found.push({ scope, item, people, usual: before.mean, score });
        next.set(item, settled(baselines.get(item), people, windowMs));
      }
      usual.set(scope, next);
      trends.push(...found.sort((a, b) => b.score - a.score).slice(0, KEPT_EACH));
    }
    return { trends, usual };
  }

  async function keepUsual(marketplaceId: string, usual: Awaited<ReturnType<typeof judge>>['usual']): Promise<void> {
    for (const [scope, baselines] of usual) await board.saveBaselines(marketplaceId, scope, baselines);
  }

  async function close(marketplaceId: string, windowMs: number): Promise<void> {
    const { trends, usual } = await judge(marketplaceId, windowMs);
    const windowTime = new Date(windowMs);
    const isOurs = await database.transaction(marketplaceId, async (tx) => {
      if (!(await claimWindow(tx, windowTime))) return false;
      const forgotten = await saveTrends(tx, trends, { windowTime, keptFrom: new Date(windowMs - HOUR_MS) });
      const of = (scope: string) => trends.flatMap((trend) => (trend.scope === scope ? [trend.item] : [])).slice(0, 20);
      if (trends.length > 0 || forgotten > 0)
        await tx.announce(trendsChanged, marketplaceId, {
          windowTime: windowTime.toISOString(),
          listingIds: of('listing').map((id) => idFromUuid('listing', id)),
          queries: of('search'),
          categoryIds: of('category'),
        });
      return true;
    });
    if (isOurs) await keepUsual(marketplaceId, usual);
  }

  return {
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

    async closeWindows({ marketplaceId }) {
      const current = windowOf(clock().getTime());
      const closed = await findClosedWindow(database.read(marketplaceId), marketplaceId);
      await underWay.get(marketplaceId);
      const first = Math.max(current - LATE_MAX * WINDOW_MS, (closed?.getTime() ?? 0) + WINDOW_MS);
      for (let windowMs = first; windowMs < current; windowMs += WINDOW_MS) await close(marketplaceId, windowMs);
      if (first < current) await board.forget(marketplaceId, current - WINDOW_MS);
    },

    handlers: {
      async getTrends({ input: { area, limit }, context: { marketplaceId } }) {
        const now = clock();
        const queries = database.read(marketplaceId);
        const [listing, category] =
          area === undefined ? ['listing', 'category'] : [`listing@${area}`, `category@${area}`];
        const found = await listTrends(queries, marketplaceId, {
          scopes: [listing, 'search', category],
          from: new Date(now.getTime() - HOUR_MS),
          now,
          halfLifeSeconds: HALF_LIFE_SECONDS,
          each: limit,
        });
        const of = (scope: string) => found.filter((trend) => trend.scope === scope);
        const cards = await findCards(
          queries,
          marketplaceId,
          of(listing).map(({ item }) => item),
        );
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
      },
    },

    async warm(marketplaceId) {
      const queries = database.read(marketplaceId);
      const until = clock();
      const current = windowOf(until.getTime());
      const start = await findStart(queries, marketplaceId, WARMED_MAX);
      if (start === undefined) return;
      const from = windowOf(Math.max(start.getTime(), until.getTime() - 6 * HOUR_MS));
      let after = { occurredTime: new Date(from - 1), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
      for (let isMore = true; isMore; ) {
        const page = await listActivity(queries, marketplaceId, { after, recordedUntil: until, limit: PAGE_EVENTS });
        await count(marketplaceId, page, from);
        const last = page.at(-1);
        isMore = page.length === PAGE_EVENTS;
        if (last !== undefined) after = { occurredTime: new Date(last.occurredMs), id: last.id };
      }
      const closed = (await findClosedWindow(queries, marketplaceId))?.getTime() ?? current - WINDOW_MS;
      // Those that were told before are only told to the baselines; the others are closed in their turn.
      for (let windowMs = from; windowMs <= Math.min(closed, current - WINDOW_MS); windowMs += WINDOW_MS)
        await keepUsual(marketplaceId, (await judge(marketplaceId, windowMs)).usual);
      await board.forget(marketplaceId, current - LATE_MAX * WINDOW_MS);
    },

    async stop() {
      await Promise.allSettled(underWay.values());
      waiting = new Map();
      await board.close();
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
