import type { ListingCard } from '@plaza/catalog/contract';
import { type Context, uuidFromId } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import { gramsOf, likeness } from '../domain/grams.ts';
import { errors } from '../errors.ts';
import { findCards, listFresh } from '../store/feed.ts';
import { findFacts, type ListingFacts } from '../store/listing.ts';
import type { Models } from './models.ts';
import type { Nearest } from './nearest.ts';
import { personOf } from './person.ts';
import { readPast } from './read-candidates.ts';

type Dependencies = { readonly database: Database; readonly models: Models; readonly nearest: Nearest };
type Call = { readonly input: { readonly listingId: string; readonly limit: number }; readonly context: Context };
type Row = { items: ListingCard[] };

/** Listings of the same kind, or store, whose titles are compared. */
const COMPARED_MAX = 200;
const RELATED_MAX = 60;
/** How much being alike in letters counts beside being looked at together. */
const LIKENESS_SHARE = 0.3;

/** Rows of listings: beside another one, and of what somebody looked at. */
export function serveRows({ database, models, nearest }: Dependencies) {
  async function listingOf(marketplaceId: string, id: string): Promise<ListingFacts> {
    const [listing] = await findFacts(database.read(marketplaceId), marketplaceId, [uuidFromId(id)]);
    if (listing === undefined) throw errors.LISTING_NOT_FOUND({});
    return listing;
  }

  /** The cards of these, in order, of those that can be had. More are asked for than shown: some may have sold out. */
  async function row(marketplaceId: string, ids: readonly string[], limit: number): Promise<Row> {
    const queries = database.read(marketplaceId);
    const asked = ids.slice(0, limit * 3);
    const [facts, cards] = await Promise.all([
      findFacts(queries, marketplaceId, asked),
      findCards(queries, marketplaceId, asked),
    ]);
    const offered = new Set(facts.flatMap(({ id, isOffered }) => (isOffered ? [id] : [])));
    return { items: asked.flatMap((id) => (offered.has(id) ? (cards.get(id) ?? []) : [])).slice(0, limit) };
  }

  /** Candidates by how alike they are, in their titles or as search knows them, and how well they go together. */
  function byLikeness(
    listing: ListingFacts,
    candidates: readonly ListingFacts[],
    related: ReadonlyMap<string, number>,
    near: ReadonlyMap<string, number> = new Map(),
  ): string[] {
    const grams = gramsOf(listing.title);
    const best = Math.max(...related.values(), Number.EPSILON);
    const scores = new Map([...related].map(([id, score]) => [id, score / best]));
    const alike = new Map(near);
    for (const { id, title } of candidates)
      alike.set(id, Math.max(alike.get(id) ?? 0, likeness(grams, gramsOf(title))));
    for (const [id, value] of alike) scores.set(id, (scores.get(id) ?? 0) + LIKENESS_SHARE * value);
    scores.delete(listing.id);
    return [...scores].sort(([, a], [, b]) => b - a).map(([id]) => id);
  }

  return {
    async listSimilar({ input, context }: Call): Promise<Row> {
      const { marketplaceId } = context;
      const listing = await listingOf(marketplaceId, input.listingId);
      const [{ coOccurrence }, near] = await Promise.all([models.get(marketplaceId), nearest(listing.id, context)]);
      const of = { categoryIds: [listing.categoryId], storeIds: [], area: null, each: COMPARED_MAX };
      const alike = (await listFresh(database.read(marketplaceId), marketplaceId, of)).filter(
        ({ source }) => source === 'category',
      );
      const related = new Map(coOccurrence.relatedTo(listing.id, RELATED_MAX).map(({ item, score }) => [item, score]));
      return row(marketplaceId, byLikeness(listing, alike, related, near), input.limit);
    },

    async listBoughtTogether({ input, context: { marketplaceId } }: Call): Promise<Row> {
      const listing = await listingOf(marketplaceId, input.listingId);
      const { bought } = await models.get(marketplaceId);
      const ids = bought.relatedTo(listing.id, RELATED_MAX).map(({ item }) => item);
      return row(marketplaceId, ids, input.limit);
    },

    async listSet({ input, context: { marketplaceId } }: Call): Promise<Row> {
      const listing = await listingOf(marketplaceId, input.listingId);
      const { bought, coOccurrence } = await models.get(marketplaceId);
      const of = { categoryIds: [], storeIds: [listing.storeId], area: null, each: COMPARED_MAX };
      const ofStore = (await listFresh(database.read(marketplaceId), marketplaceId, of)).filter(
        ({ source, categoryPath }) => source === 'store' && categoryPath[0] === listing.categoryPath[0],
      );
      const inStore = new Set(ofStore.map(({ id }) => id));
      const related = new Map<string, number>();
      for (const model of [coOccurrence, bought])
        for (const { item, score } of model.relatedTo(listing.id, RELATED_MAX))
          if (inStore.has(item)) related.set(item, (related.get(item) ?? 0) + score);
      return row(marketplaceId, byLikeness(listing, ofStore, related), input.limit);
    },

    async listRecentlyViewed({ input, context }: { input: { limit: number }; context: Context }): Promise<Row> {
      const person = personOf(context);
      if (person === undefined) return { items: [] };
      const { history } = await readPast(database, context.marketplaceId, person.actorId);
      const ids = history.map(({ item }) => item);
      return row(context.marketplaceId, ids, input.limit);
    },
  };
}
