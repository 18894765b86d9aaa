import { asService, type Client, type Context } from '@plaza/kernel';
import type { Database, Platform } from '@plaza/runtime';
import { MATCHED_LISTINGS_MAX, MATCHED_SEARCHES_MAX, type searchContract } from '@plaza/search/contract';
import {
  advanceSweep,
  beginSweep,
  dropNews,
  endSweep,
  findSweep,
  listWaiting,
  type Sweep,
} from '../store/listing-news.ts';
import { type Found, insertMatches, listingsOf, nextGroups } from '../store/saved-search-match.ts';

type Dependencies = Pick<Platform, 'clock' | 'log'> & {
  readonly database: Database;
  readonly search: Pick<Client<typeof searchContract>, 'matchListings' | 'getIndexedVersions'>;
};

/** Calls of the search service in one run: 2,000 different searches. What is left goes on in the next. */
const CALLS_MAX = 20;
/** News that the search index has not heard of for so long is dropped. */
const WAITS_MAX_MS = 24 * 3_600_000;

/**
 * Finds which saved searches find what is new. News are taken in batches, and each different search that could find something
 * of a batch is asked once for all of it: the work is searches × batches, not searches × listings. Where it was
 * interrupted it goes on; what is written twice is written once, by its key.
 */
export function matchSavedSearches({
  database,
  clock,
  log,
  search,
}: Dependencies): (context: Context) => Promise<void> {
  async function begin(context: Context): Promise<Sweep | undefined> {
    const { marketplaceId } = context;
    const waiting = await listWaiting(database.read(marketplaceId), marketplaceId, MATCHED_LISTINGS_MAX);
    if (waiting.length === 0) return undefined;
    const listingIds = waiting.map(({ listingId }) => listingId);
    const { items } = await search.getIndexedVersions({ listingIds }, asService('discovery', context));
    const indexed = new Map(items.map(({ listingId, version }) => [listingId, version]));
    // The index hears of a listing by itself, sooner or later than this service does.
    const ready = waiting.filter(({ listingId, version }) => (indexed.get(listingId) ?? -1) >= version);
    if (ready.length > 0) return database.transaction(marketplaceId, (tx) => beginSweep(tx, ready));
    const dropped = await dropNews(
      database.read(marketplaceId),
      marketplaceId,
      new Date(clock().getTime() - WAITS_MAX_MS),
    );
    if (dropped > 0) log.warn({ marketplaceId, dropped }, 'listings that search never heard of were not matched');
    return undefined;
  }

  /** Asks the next searches. Answers where the sweep stands then; undefined at its end, or when another process has it. */
  async function step(sweep: Sweep, context: Context): Promise<Sweep | undefined> {
    const { marketplaceId } = context;
    const queries = database.read(marketplaceId);
    const listingIds = await listingsOf(queries, marketplaceId, sweep);
    const groups = await nextGroups(queries, marketplaceId, sweep, MATCHED_SEARCHES_MAX);
    const found: Found[] = [];
    if (groups.length > 0 && listingIds.length > 0) {
      const searches = groups.map((group) => group.search);
      const { items } = await search.matchListings({ listingIds, searches }, asService('discovery', context));
      items.forEach((item, i) => {
        const searchKey = groups[i]?.searchKey ?? '';
        found.push(...item.listingIds.map((listingId) => ({ searchKey, listingId })));
      });
    }
    const isLast = groups.length < MATCHED_SEARCHES_MAX;
    const nextKey = groups.at(-1)?.searchKey ?? sweep.afterKey;
    return database.transaction(marketplaceId, async (tx) => {
      if (!(await advanceSweep(tx, sweep, nextKey))) return undefined;
      await insertMatches(tx, sweep, found, clock());
      if (!isLast) return { ...sweep, afterKey: nextKey };
      await endSweep(tx, sweep);
      return undefined;
    });
  }

  return async (context) => {
    const { marketplaceId } = context;
    let sweep = await findSweep(database.read(marketplaceId), marketplaceId);
    for (let call = 0; call < CALLS_MAX; call++) {
      sweep ??= await begin(context);
      if (sweep === undefined) return;
      sweep = await step(sweep, context);
    }
  };
}
