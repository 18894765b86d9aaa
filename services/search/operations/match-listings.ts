import { Fault, type Handler } from '@plaza/kernel';
import type { IndexedHit, searchContract } from '../contract.ts';
import { engineQuery, type SearchDependencies } from './search-listings.ts';

/** Which of a few listings each of many searches finds: the same query that somebody who searches would send. */
export function matchListings({
  marketplaces,
  engine,
  rules,
}: Omit<SearchDependencies, 'clock' | 'meaning'>): Handler<(typeof searchContract)['matchListings']> {
  return async ({ input: { listingIds, searches }, context: { marketplaceId } }) => {
    const settings = marketplaces.get(marketplaceId);
    const book = await rules.rulesOf(marketplaceId);
    const items: { listingIds: (typeof listingIds)[number][] }[] = [];
    // One after the other: those who search get their turn in between.
    for (const wanted of searches) {
      try {
        const query = engineQuery({ settings, rules: book, input: wanted });
        const page = { pinned: [], only: listingIds, limit: listingIds.length, after: null };
        const { cards } = await engine.search(marketplaceId, { ...query, ...page });
        items.push({ listingIds: cards.map((card) => (JSON.parse(card) as IndexedHit).id) });
      } catch (error) {
        // Saved with a filter that the marketplace has no more.
        if (!(error instanceof Fault && error.code === 'INVALID_INPUT')) throw error;
        items.push({ listingIds: [] });
      }
    }
    return { items };
  };
}

export function getIndexedVersions({
  engine,
}: Pick<SearchDependencies, 'engine'>): Handler<(typeof searchContract)['getIndexedVersions']> {
  return async ({ input: { listingIds }, context }) => {
    const versions = await engine.versions(context.marketplaceId, listingIds);
    return {
      items: listingIds.flatMap((listingId) => {
        const version = versions[listingId];
        return version === undefined ? [] : [{ listingId, version }];
      }),
    };
  };
}
