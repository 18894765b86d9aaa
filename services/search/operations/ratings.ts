import type { catalogContract } from '@plaza/catalog/contract';
import { asService, type Client, type Context, everyPage, newestOf } from '@plaza/kernel';
import { listingRated } from '@plaza/reviews/events';
import { absorbing, type Platform, type Reaction } from '@plaza/runtime';
import { engineDocument } from '../domain/document.ts';
import { withStanding } from '../domain/rating.ts';
import type { Change, SearchEngine } from '../engine/engine.ts';
import { findRatings, findStoreRatings, listDueStores, markStore, saveRatings } from '../store/ratings.ts';

type Dependencies = Pick<Platform, 'database' | 'marketplaces'>;
type Catalog = Pick<Client<typeof catalogContract>, 'exportSearchDocuments'>;
type Documents = Awaited<ReturnType<Catalog['exportSearchDocuments']>>['items'];

/** Documents asked of the catalog at once. */
const PAGE_DOCUMENTS = 500;
/** Stores whose listings are put into the index again in one run, for a marketplace; then the others have their turn. */
const STORES_A_RUN = 20;

/**
 * An engine whose documents have the ratings that were heard of, wherever they come from: an event, a rebuild, a check. What
 * is applied again over the same version is applied once more when its rating changed meanwhile, so that the last one stays.
 */
export function withRatings({ database }: Pick<Dependencies, 'database'>, engine: SearchEngine): SearchEngine {
  return {
    ...engine,
    async apply(marketplaceId, changes, options) {
      const standingsOf = async (of: readonly Change[]): Promise<Standings> => {
        const listed = of.flatMap((each) => (each.kind === 'document' && each.document.isListed ? each.document : []));
        if (listed.length === 0) return { own: new Map(), store: new Map() };
        const queries = database.read(marketplaceId);
        const storeIds = [...new Set(listed.map(({ storeId }) => storeId))];
        const [own, store] = await Promise.all([
          findRatings(
            queries,
            marketplaceId,
            listed.map(({ id }) => id),
          ),
          findStoreRatings(queries, marketplaceId, storeIds),
        ]);
        return { own, store };
      };
      let left = changes;
      let standings = await standingsOf(left);
      while (left.length > 0) {
        const known = standings;
        await engine.apply(
          marketplaceId,
          left.map((each) => standing(each, known)),
          options,
        );
        left = left.filter((each) => each.kind === 'document' && each.isAgain === true);
        standings = await standingsOf(left);
        left = left.filter((each) => versionIn(standings, each) !== versionIn(known, each));
      }
    },
  };
}

type Standings = {
  readonly own: Awaited<ReturnType<typeof findRatings>>;
  readonly store: Awaited<ReturnType<typeof findStoreRatings>>;
};

function standing(change: Change, { own, store }: Standings): Change {
  if (change.kind !== 'document') return change;
  const { id, storeId } = change.document;
  return { ...change, document: withStanding(change.document, { own: own.get(id), store: store.get(storeId) }) };
}

function versionIn({ own }: Standings, change: Change): number | undefined {
  return change.kind === 'document' ? own.get(change.document.id)?.version : undefined;
}

/** What buyers say comes without the listings: their documents are asked for, and put into the index again. */
export function createRatings({
  database,
  marketplaces,
  engine,
  catalog,
}: Dependencies & { readonly engine: SearchEngine; readonly catalog: Catalog }) {
  async function putAgain(marketplaceId: string, documents: Documents): Promise<void> {
    const settings = marketplaces.get(marketplaceId);
    await engine.apply(
      marketplaceId,
      documents.map((document) => ({ kind: 'document', document: engineDocument(settings, document), isAgain: true })),
    );
  }

  return {
    reactions: [
      absorbing(listingRated, async ({ events, context }) => {
        const { marketplaceId } = context;
        const newest = newestOf(
          events.map(({ data }) => data),
          ({ listingId }) => listingId,
          ({ version }) => version,
        );
        await database.transaction(marketplaceId, (tx) => saveRatings(tx, newest));
        const listingIds = newest.map(({ listingId }) => listingId);
        const { items } = await catalog.exportSearchDocuments({ listingIds }, asService('search', context));
        await putAgain(marketplaceId, items);
      }),
    ] satisfies Reaction[],
    /** Puts all listings of stores that came to stand elsewhere into the index again. Broken off, it begins anew. */
    async putStoresAgain(context: Context): Promise<void> {
      const { marketplaceId } = context;
      for (const { storeId, step } of await listDueStores(database.read(marketplaceId), marketplaceId, STORES_A_RUN)) {
        const pages = everyPage((place) =>
          catalog.exportSearchDocuments({ storeId, limit: PAGE_DOCUMENTS, ...place }, asService('search', context)),
        );
        for await (const { items } of pages) await putAgain(marketplaceId, items);
        await database.transaction(marketplaceId, (tx) => markStore(tx, storeId, step));
      }
    },
  };
}
