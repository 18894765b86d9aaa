import { decodeCursor, encodeCursor, type Handler, idSchema, invalidInput } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Platform } from '@plaza/runtime';
import { z } from 'zod';
import type { IndexedHit, SearchedFor, SearchSort, searchContract } from '../contract.ts';
import { namedFacets } from '../domain/facets.ts';
import { tokenFilters } from '../domain/filters.ts';
import { categoriesBeginning, categoriesLike } from '../domain/help.ts';
import { rangesOf } from '../domain/highlight.ts';
import { aroundOf, kmTo } from '../domain/places.ts';
import { type PreparedRules, rankingRules, rulesFor } from '../domain/rules.ts';
import { searchTree } from '../domain/tree.ts';
import { wordsOf } from '../domain/words.ts';
import { type EngineQuery, type SearchEngine, UNFILTERED } from '../engine/engine.ts';
import type { Meaning } from '../meaning/meaning.ts';
import { searchByMeaning } from './search-by-meaning.ts';
import type { RuleBook } from './search-rules.ts';

/** `SortKeys` of the engine. */
const Keys = z.tuple([z.number(), z.number(), idSchema('listing')]);

export type SearchDependencies = Pick<Platform, 'marketplaces' | 'clock'> & {
  readonly engine: SearchEngine;
  readonly rules: Pick<RuleBook, 'rulesOf'>;
  readonly meaning: Pick<Meaning, 'isOfMeaning' | 'nearText'>;
};

/** Categories named to whom found nothing, and to whom is typing. */
const CATEGORIES_MAX = 3;
const STORES_MAX = 2;

/** One call of the engine; only when nothing is found a second, for help. */
export function searchListings({
  marketplaces,
  clock,
  engine,
  rules,
  meaning,
}: SearchDependencies): Handler<(typeof searchContract)['searchListings']> {
  return async ({ input, context }) => {
    const { marketplaceId } = context;
    const settings = marketplaces.get(marketplaceId);
    const tree = searchTree(settings);
    const known = await rules.rulesOf(marketplaceId);
    const ranking = rankingRules(known, clock().getTime());
    const query: EngineQuery = {
      ...engineQuery({ settings, rules: known, input }),
      limit: input.limit,
      after: decodeCursor(input.cursor, Keys) ?? null,
      ranking,
    };
    const { text, around = null } = query;
    const boosts = query.sort === 'relevance' ? ranking.boosts : {};
    const { result, closeBy } = await searchByMeaning({ engine, meaning }, marketplaceId, query);
    const terms = new Set(result.terms);
    return {
      items: result.cards.map((card) => {
        const hit = JSON.parse(card) as IndexedHit;
        return {
          ...hit,
          distanceKm: kmTo(settings, around, hit.location),
          isBoosted: hit.id in boosts || hit.storeId in boosts,
          titleMatches: terms.size === 0 ? [] : rangesOf(hit.title, terms),
        };
      }),
      nextCursor: result.nextKeys === null ? null : encodeCursor(result.nextKeys),
      total: result.total,
      priceRange:
        result.priceRange === null
          ? null
          : { minimumMinor: result.priceRange.minimum, maximumMinor: result.priceRange.maximum },
      facets: namedFacets(tree, result.facets),
      closeBy,
      correctedQuery: result.correctedText,
      unknownWords: [...result.unknownWords],
      help:
        result.total > result.nearTotal
          ? null
          : {
              totalWithoutFilters: isNarrowed(query) ? await totalWithoutFilters(engine, marketplaceId, query) : 0,
              categories: categoriesLike(tree, text, CATEGORIES_MAX),
            },
    };
  };
}

/** What somebody asks of the engine, but for the page. */
export function engineQuery({
  settings,
  rules,
  input,
}: {
  readonly settings: MarketplaceSettings;
  readonly rules: PreparedRules;
  readonly input: SearchedFor & { readonly sort?: SearchSort };
}): Omit<EngineQuery, 'limit' | 'after'> {
  const text = input.q ?? '';
  const { sort = 'relevance' } = input;
  const filters = {
    filters: tokenFilters(searchTree(settings), input),
    priceMinimum: input.priceMinorMin ?? null,
    priceMaximum: input.priceMinorMax ?? null,
    isInStock: input.isInStock ?? null,
    around: aroundOf(settings, input),
  };
  if (sort === 'distance' && filters.around === null)
    throw invalidInput([{ pointer: '/sort', code: 'filter', detail: 'distance needs near: a place, or coordinates' }]);
  return {
    text,
    ...filters,
    sort: sort === 'relevance' && text.trim() === '' ? 'newest' : sort,
    ...rulesFor(rules, text, { isFiltered: isNarrowed(filters) }),
  };
}

function isNarrowed(
  query: Pick<EngineQuery, 'filters' | 'priceMinimum' | 'priceMaximum' | 'isInStock' | 'around'>,
): boolean {
  const { filters, priceMinimum, priceMaximum, isInStock, around } = query;
  return (
    filters.length > 0 ||
    [priceMinimum, priceMaximum, isInStock, around?.withinKm ?? null].some((each) => each !== null)
  );
}

async function totalWithoutFilters(engine: SearchEngine, marketplaceId: string, query: EngineQuery): Promise<number> {
  return (await engine.search(marketplaceId, { ...query, ...UNFILTERED, limit: 1 })).total;
}

export function suggest({
  marketplaces,
  engine,
}: Omit<SearchDependencies, 'clock' | 'rules' | 'meaning'>): Handler<(typeof searchContract)['suggest']> {
  return async ({ input, context }) => {
    const { queries, cards } = await engine.suggest(context.marketplaceId, input.q, input.limit);
    const listings = cards.map((card) => JSON.parse(card) as IndexedHit);
    const tree = searchTree(marketplaces.get(context.marketplaceId));
    return {
      queries: [...queries],
      listings,
      categories: categoriesBeginning(tree, input.q, CATEGORIES_MAX),
      stores: storesBeginning(listings, input.q),
    };
  };
}

/** Stores of the listings found whose names have words that begin as what was typed: store names are searched too. */
function storesBeginning(listings: readonly IndexedHit[], text: string): { slug: string; name: string }[] {
  const typed = wordsOf(text).map(({ surface }) => surface);
  const stores = new Map(listings.map(({ storeSlug, storeName }) => [storeSlug, storeName]));
  return [...stores]
    .filter(([, name]) => {
      const words = wordsOf(name).map(({ surface }) => surface);
      return typed.length > 0 && typed.every((each) => words.some((word) => word.startsWith(each)));
    })
    .slice(0, STORES_MAX)
    .map(([slug, name]) => ({ slug, name }));
}
