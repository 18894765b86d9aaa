import { worksWith } from '../../domain/compatibility.ts';
import type { EngineQuery, EngineResult } from '../engine.ts';
import { withinFilter } from './around.ts';
import { escaped } from './vocabulary.ts';

/** Values told of one facet, and facts counted over all facets. */
const FACET_VALUES_MAX = 20;
const FACTS_MAX = 2_000;
/** Facts to filter by, such as the store, have keys that begin so: nobody is shown counts of them. */
const UNTOLD = '@';
/** Different values of one key that a range may fall on. */
export const RANGE_VALUES_MAX = 10_000;

/** A filter of a query with its ranges as the values that lie in them. */
export type ValueFilter = { readonly key: string; readonly values: readonly string[] };

type Buckets = { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
type Counted = { readonly doc_count: number; readonly facts: Buckets };
export type CountsAnswer = {
  readonly matching: { readonly doc_count: number };
  /** Only asked for where hits may be others. */
  readonly byWords?: { readonly doc_count: number };
  readonly told: Counted;
  readonly prices: {
    readonly lowest: { readonly value: number | null };
    readonly highest: { readonly value: number | null };
  };
};

/** The values of a key that lie in one of a filter's ranges, or hold its version, of all there are. */
export function withinRanges(
  { key, values, ranges, works }: EngineQuery['filters'][number],
  all: readonly string[],
): ValueFilter {
  const within = all.filter(
    (value) =>
      (works !== undefined && worksWith(value, works)) ||
      ranges.some(
        ({ minimum, maximum }) => Number(value) >= (minimum ?? -Infinity) && Number(value) <= (maximum ?? Infinity),
      ),
  );
  return { key, values: [...values, ...within] };
}

/** How to ask for all the values of a key. */
export function valuesOf(key: string): object {
  return { terms: { field: 'facts', include: `${escaped(`${key}:`)}.*`, size: RANGE_VALUES_MAX } };
}

/** What a hit must be besides having the words. */
export function filtering(query: EngineQuery, filters: readonly ValueFilter[]): object {
  return {
    bool: { filter: [...filters.map(oneOf), ...bySlotFilters(query), ...priceFilter(query)] },
  };
}

/**
 * Totals and facets of everything that has the words: with all filters, for each filter's own key with all but that, and
 * the prices with all but theirs.
 */
export function counts(query: EngineQuery, filters: readonly ValueFilter[]): Record<string, object> {
  const all = { field: 'facts', size: FACTS_MAX, exclude: `${escaped(UNTOLD)}.*` };
  const others = filters.flatMap((filter, i) => {
    if (filter.key.startsWith(UNTOLD)) return [];
    const terms = { field: 'facts', size: FACET_VALUES_MAX, include: `${escaped(`${filter.key}:`)}.*` };
    const rest = filtering(
      query,
      filters.filter((each) => each !== filter),
    );
    return [[`but${i}`, { filter: rest, aggs: { facts: { terms } } }] as const];
  });
  return {
    matching: { filter: { match_all: {} } },
    told: { filter: filtering(query, filters), aggs: { facts: { terms: all } } },
    prices: {
      filter: { bool: { filter: [...filters.map(oneOf), ...bySlotFilters(query)] } },
      aggs: { lowest: { min: { field: 'priceMinor' } }, highest: { max: { field: 'priceMinor' } } },
    },
    ...Object.fromEntries(others),
  };
}

/** What the counts say. */
export function counted(
  answer: CountsAnswer,
  filters: readonly ValueFilter[],
): Pick<EngineResult, 'facets' | 'priceRange'> {
  const byKey = new Map<string, { value: string; count: number }[]>();
  const read = ({ facts }: Counted, isWanted: (key: string) => boolean): void => {
    for (const { key: fact, doc_count: count } of facts.buckets) {
      const separator = fact.indexOf(':');
      const key = fact.slice(0, separator);
      if (!isWanted(key)) continue;
      const value = { value: fact.slice(separator + 1), count };
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [value]);
      else known.push(value);
    }
  };
  const filtered = new Set(filters.map(({ key }) => key));
  read(answer.told, (key) => !filtered.has(key));
  filters.forEach((filter, i) => {
    const others = (answer as unknown as Readonly<Record<string, Counted | undefined>>)[`but${i}`];
    if (others !== undefined) read(others, (key) => key === filter.key);
  });
  const { lowest, highest } = answer.prices;
  return {
    facets: [...byKey].map(([key, values]) => ({
      key,
      values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, FACET_VALUES_MAX),
    })),
    priceRange:
      lowest.value === null || highest.value === null ? null : { minimum: lowest.value, maximum: highest.value },
  };
}

function oneOf({ key, values }: ValueFilter): object {
  return { terms: { facts: values.map((value) => `${key}:${value}`) } };
}

/** Filters that no facet and no price range is told without. */
function bySlotFilters(query: EngineQuery): object[] {
  return [...stockFilter(query), ...withinFilter(query), ...onlyFilter(query)];
}

function stockFilter({ isInStock }: EngineQuery): object[] {
  return isInStock === null ? [] : [{ term: { isInStock } }];
}

function onlyFilter({ only }: EngineQuery): object[] {
  return only === undefined ? [] : [{ terms: { id: only } }];
}

function priceFilter({ priceMinimum, priceMaximum }: EngineQuery): object[] {
  if (priceMinimum === null && priceMaximum === null) return [];
  return [
    {
      range: {
        priceMinor: {
          ...(priceMinimum === null ? {} : { gte: priceMinimum }),
          ...(priceMaximum === null ? {} : { lte: priceMaximum }),
        },
      },
    },
  ];
}
