import { type Context, money } from '@plaza/kernel';
import type { Database, Platform, Transaction } from '@plaza/runtime';
import { type Digest, digestOf } from '../domain/digest-time.ts';
import { LISTINGS_TOLD_MAX, type SavedSearchFound, SEARCHES_TOLD_MAX, savedSearchFound } from '../events.ts';
import { type DueSearch, lockDaily, lockInstant, takeFound } from '../store/saved-search-found.ts';
import { forgetMatches } from '../store/saved-search-match.ts';

type Dependencies = Pick<Platform, 'marketplaces' | 'clock'> & { readonly database: Database };
type FoundBySearch = SavedSearchFound['searches'][number];

/** Searches, or members, told in one transaction. */
const AT_ONCE = 100;
/** One search tells of itself at most so often; what it finds meanwhile goes together. */
const QUIET_MS = 5 * 60_000;
/** What was found is counted and told for so long. */
const KEPT_MS = 90 * 86_400_000;
const REMOVED_MAX = 10_000;

/** Announces what saved searches found. Told and announced commit together, so that nothing is told twice or not at all. */
export function tellSavedSearches({ database, marketplaces, clock }: Dependencies) {
  /** By marketplace: the day whose digests are all written. */
  const written = new Map<string, string>();

  /**
   * What these searches have to tell; those whose finds are all gone by now have nothing. What several searches of one
   * member found is told of the first.
   */
  async function foundBy(tx: Transaction, due: readonly DueSearch[]): Promise<Map<DueSearch, FoundBySearch>> {
    const found = await takeFound(
      tx,
      due.map(({ id }) => id),
      clock(),
    );
    const bySearch = Map.groupBy(found, ({ searchId }) => searchId);
    const told = new Set<string>();
    const isFirst = (memberId: string, listingId: string) => {
      const key = `${memberId} ${listingId}`;
      const isNew = !told.has(key);
      told.add(key);
      return isNew;
    };
    return new Map(
      due.flatMap((search) => {
        const listings = (bySearch.get(search.id) ?? []).filter(({ card }) => isFirst(search.memberId, card.id));
        if (listings.length === 0) return [];
        const named = listings.slice(0, LISTINGS_TOLD_MAX).map(({ card, priceBeforeMinor: before }) => ({
          listingId: card.id,
          slug: card.slug,
          title: card.title,
          price: card.price,
          priceBefore: before === null ? null : money(before, card.price.currency),
        }));
        return [[search, { savedSearchId: search.id, name: search.name, count: listings.length, listings: named }]];
      }),
    );
  }

  const tellInstant = (marketplaceId: string): Promise<number> =>
    database.transaction(marketplaceId, async (tx) => {
      const due = await lockInstant(tx, new Date(clock().getTime() - QUIET_MS), AT_ONCE);
      if (due.length === 0) return 0;
      for (const [{ id, memberId, mailKey }, found] of await foundBy(tx, due))
        await tx.announce(savedSearchFound, id, { memberId, mailKey, delivery: 'instant', searches: [found] });
      return due.length;
    });

  const tellDaily = (marketplaceId: string, digest: Digest): Promise<number> =>
    database.transaction(marketplaceId, async (tx) => {
      const due = await lockDaily(tx, digest, AT_ONCE);
      if (due.length === 0) return 0;
      const byMember = Map.groupBy(await foundBy(tx, due), ([{ memberId }]) => memberId);
      for (const [memberId, found] of byMember) {
        const searches = found.slice(0, SEARCHES_TOLD_MAX).map(([, each]) => each);
        const mailKey = found[0]?.[0].mailKey ?? '';
        await tx.announce(savedSearchFound, memberId, { memberId, mailKey, delivery: 'daily', searches });
      }
      return due.length;
    });

  return {
    async tellAtOnce({ marketplaceId }: Context): Promise<void> {
      while ((await tellInstant(marketplaceId)) > 0);
    },

    async writeDigests({ marketplaceId }: Context): Promise<void> {
      const digest = digestOf(clock(), marketplaces.get(marketplaceId).timeZone);
      if (digest === undefined || written.get(marketplaceId) === digest.day) return;
      while ((await tellDaily(marketplaceId, digest)) > 0);
      written.set(marketplaceId, digest.day);
    },

    async forgetOldMatches({ marketplaceId }: Context): Promise<void> {
      const before = new Date(clock().getTime() - KEPT_MS);
      while ((await forgetMatches(database.read(marketplaceId), marketplaceId, before, REMOVED_MAX)) === REMOVED_MAX);
    },
  };
}
