import type { catalogContract } from '@plaza/catalog/contract';
import { asService, type Client, newestOf } from '@plaza/kernel';
import { listingRated } from '@plaza/reviews/events';
import { absorbing, type Platform, type Reaction } from '@plaza/runtime';
import { engineDocument } from '../domain/document.ts';
import { withRating } from '../domain/rating.ts';
import type { Change, SearchEngine } from '../engine/engine.ts';
import { findRatings, saveRatings } from '../store/ratings.ts';

type Deps = Pick<Platform, 'database' | 'marketplaces'>;
type Catalog = Pick<Client<typeof catalogContract>, 'exportSearchDocuments'>;

/**
 * An engine whose documents have the ratings that were heard of, wherever they come from: an event, a rebuild, a check. What
 * is applied again over the same version is applied once more when its rating changed meanwhile, so that the last one stays.
 */
export function withRatings({ database }: Pick<Deps, 'database'>, engine: SearchEngine): SearchEngine {
  return {
    ...engine,
    async apply(marketplaceId, changes, options) {
      const ratingsOf = async (of: readonly Change[]): Promise<Ratings> => {
        const ids = of.flatMap((each) => (each.kind === 'document' && each.document.isListed ? each.document.id : []));
        return ids.length === 0 ? new Map() : findRatings(database.read(marketplaceId), marketplaceId, ids);
      };
      let left = changes;
      let ratings = await ratingsOf(left);
      while (left.length > 0) {
        const known = ratings;
        await engine.apply(
          marketplaceId,
          left.map((each) => rated(each, known)),
          options,
        );
        left = left.filter((each) => each.kind === 'document' && each.isAgain === true);
        ratings = await ratingsOf(left);
        left = left.filter((each) => versionIn(ratings, each) !== versionIn(known, each));
      }
    },
  };
}

type Ratings = Awaited<ReturnType<typeof findRatings>>;

function rated(change: Change, ratings: Ratings): Change {
  if (change.kind !== 'document') return change;
  return { ...change, document: withRating(change.document, ratings.get(change.document.id)) };
}

function versionIn(ratings: Ratings, change: Change): number | undefined {
  return change.kind === 'document' ? ratings.get(change.document.id)?.version : undefined;
}

/** Ratings change without the listing: its document is asked for, and put into the index again. */
export function ratingReactions({
  database,
  marketplaces,
  engine,
  catalog,
}: Deps & { readonly engine: SearchEngine; readonly catalog: Catalog }): Reaction[] {
  return [
    absorbing(listingRated, async ({ events, context }) => {
      const { marketplaceId } = context;
      const newest = newestOf(
        events.map(({ data }) => data),
        ({ listingId }) => listingId,
        ({ version }) => version,
      );
      await saveRatings(database.read(marketplaceId), marketplaceId, newest);
      const listingIds = newest.map(({ listingId }) => listingId);
      const { items } = await catalog.exportSearchDocuments({ listingIds }, asService('search', context));
      const settings = marketplaces.get(marketplaceId);
      await engine.apply(
        marketplaceId,
        items.map((document) => {
          return { kind: 'document', document: engineDocument(settings, document), isAgain: true };
        }),
      );
    }),
  ];
}
