import { decodeCursor, encodeCursor, type Handler } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import { z } from 'zod';
import type { SearchHit, searchContract } from '../contract.ts';
import { namedFacets } from '../domain/facets.ts';
import { tokenFilters } from '../domain/filters.ts';
import { searchTree } from '../domain/tree.ts';
import type { SearchEngine } from '../engine/engine.ts';

/** `SortKeys` of the engine. */
const Keys = z.tuple([z.number(), z.number(), z.string()]);

export type SearchDeps = Pick<Platform, 'marketplaces'> & { readonly engine: SearchEngine };

/** One call of the engine; nothing else is asked. */
export function searchListings({
  marketplaces,
  engine,
}: SearchDeps): Handler<(typeof searchContract)['searchListings']> {
  return async ({ input, context }) => {
    const tree = searchTree(marketplaces.get(context.marketplaceId));
    const result = await engine.search(context.marketplaceId, {
      text: input.q ?? '',
      filters: tokenFilters(tree, input),
      priceMinimum: input.priceMinorMin ?? null,
      priceMaximum: input.priceMinorMax ?? null,
      isInStock: input.isInStock ?? null,
      sort: input.sort === 'relevance' && (input.q ?? '').trim() === '' ? 'newest' : input.sort,
      limit: input.limit,
      after: decodeCursor(input.cursor, Keys) ?? null,
    });
    return {
      items: result.cards.map((card) => JSON.parse(card) as SearchHit),
      nextCursor: result.nextKeys === null ? null : encodeCursor(result.nextKeys),
      total: result.total,
      priceRange:
        result.priceRange === null
          ? null
          : { minimumMinor: result.priceRange.minimum, maximumMinor: result.priceRange.maximum },
      facets: namedFacets(tree, result.facets),
      correctedQuery: result.correctedText,
    };
  };
}

export function suggest({ engine }: SearchDeps): Handler<(typeof searchContract)['suggest']> {
  return async ({ input, context }) => {
    const { queries, cards } = await engine.suggest(context.marketplaceId, input.q, input.limit);
    return { queries: [...queries], listings: cards.map((card) => JSON.parse(card) as SearchHit) };
  };
}
