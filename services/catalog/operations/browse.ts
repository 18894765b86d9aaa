import { type Call, type LocalizedText, pageFrom, uuidFromId } from '@plaza/kernel';
import { type Attribute, type MarketplaceSettings, nameOfValue } from '@plaza/kernel/marketplace';
import type { catalogContract, Facet } from '../contract.ts';
import { categoryIndex, getCategory, type PlacedCategory } from '../domain/categories.ts';
import { type AttributeFilter, bucketRange, conditionToken, parseAttributeFilters } from '../domain/facets.ts';
import { afterFrom } from '../domain/pages.ts';
import { type Browse, browseCards, countMatches, type Path } from '../store/browse.ts';
import { facetCounts, type TokenCount, tokenCounts } from '../store/facets.ts';
import { type CardRow, cardView } from '../store/views.ts';
import { type Dependencies, settingsOf } from './dependencies.ts';

/** Matches that are counted one by one for facets under filters; beyond, counts are of these. */
const COUNTED_MAX = 2_000;

/** Values of a text attribute that a facet offers. */
const TEXT_VALUES_MAX = 50;

type ListCall = Call<typeof catalogContract.listListings>;

/**
 * Published listings by category, attributes, price and store. One statement for a page; with filters by
 * attribute or condition a second, small one asks the counters which way is cheapest.
 */
export function listListings(dependencies: Dependencies) {
  return async ({ input, context }: ListCall) => {
    const { marketplaceId } = context;
    const queries = dependencies.database.read(marketplaceId);
    const settings = settingsOf(dependencies, context);
    const category = input.categoryId === undefined ? undefined : getCategory(settings, input.categoryId);
    const schema = category?.attributes ?? categoryIndex(settings).attributes;
    const browse: Browse = {
      category: category && { id: category.id, level: category.path.length },
      storeId: input.storeId === undefined ? undefined : uuidFromId(input.storeId),
      kind: input.kind,
      conditions: input.condition,
      filters: parseAttributeFilters(schema, input.attribute ?? []),
      priceMinorMin: input.priceMinorMin,
      priceMinorMax: input.priceMinorMax,
      isInStock: input.isInStock,
    };
    const path = await cheapestPath(browse);
    const rows = await browseCards(queries, marketplaceId, browse, path, {
      sort: input.sort,
      after: afterFrom(input.cursor, input.sort === 'newest' ? 'time' : 'number'),
      limit: input.limit + 1,
    });
    const keysOf = (row: CardRow) => [
      input.sort === 'newest' ? new Date(row.published_ms ?? 0).toISOString() : row.price_minor,
      row.id,
    ];
    const page = pageFrom(rows, input.limit, keysOf, cardView);
    return input.includeFacets ? { ...page, ...(await facets()) } : page;

    async function cheapestPath({ filters: attributes, conditions, storeId }: Browse): Promise<Path> {
      const filters =
        conditions === undefined
          ? attributes
          : [...attributes, { key: 'condition', tokens: conditions.map(conditionToken) }];
      if (filters.length === 0 || storeId !== undefined) return 'walk';
      const here = category?.subtree ?? categoryIndex(settings).all.map(({ id }) => id);
      const tokens = ['', ...filters.flatMap((filter) => filter.tokens)];
      return choosePath(filters, await tokenCounts(queries, marketplaceId, tokens, here));
    }

    /** Under filters each filtered attribute is counted without its own filter, so that its other values can be chosen. */
    async function facets() {
      if (isUnfiltered(browse)) {
        const ids = category?.subtree ?? categoryIndex(settings).all.map(({ id }) => id);
        const counts = await facetCounts(queries, marketplaceId, ids);
        return { total: counts.get('') ?? 0, isExact: true, facets: facetsOf(settings, category, counts) };
      }
      const counts = await countMatches(queries, marketplaceId, browse, path, COUNTED_MAX);
      const total = counts.get('') ?? 0;
      for (const { key } of browse.filters) {
        const others = { ...browse, filters: browse.filters.filter((filter) => filter.key !== key) };
        copyTokens(
          `${key}:`,
          await countMatches(queries, marketplaceId, others, await cheapestPath(others), COUNTED_MAX),
        );
      }
      if (browse.conditions !== undefined) {
        const others = { ...browse, conditions: undefined };
        copyTokens(
          '@condition:',
          await countMatches(queries, marketplaceId, others, await cheapestPath(others), COUNTED_MAX),
        );
      }
      return {
        total: Math.min(total, COUNTED_MAX),
        isExact: total <= COUNTED_MAX,
        facets: facetsOf(settings, category, counts),
      };

      function copyTokens(prefix: string, from: ReadonlyMap<string, number>): void {
        for (const [token, count] of from) if (token.startsWith(prefix)) counts.set(token, count);
      }
    }
  };
}

function isUnfiltered(browse: Browse): boolean {
  const { category: _, filters, isInStock, ...others } = browse;
  return filters.length === 0 && !isInStock && Object.values(others).every((value) => value === undefined);
}

/** A listing found by a facet is looked up and sorted; one met on a walk is only looked at. */
const FACET_COST = 3;

/**
 * The way that looks at the fewest listings: walking meets a page of matches after (listings here ÷ matches here) ×
 * page; taking a facet looks at all who have it anywhere. With several filters the rarest stands for all.
 */
export function choosePath(filters: readonly AttributeFilter[], counts: ReadonlyMap<string, TokenCount>): Path {
  const sum = ({ tokens }: AttributeFilter, where: keyof TokenCount) =>
    tokens.reduce((total, token) => total + (counts.get(token)?.[where] ?? 0), 0);
  const rarest = filters.toSorted((a, b) => sum(a, 'everywhere') - sum(b, 'everywhere'))[0];
  if (rarest === undefined) return 'walk';
  const walked = (20 * (counts.get('')?.here ?? 0)) / (Math.min(...filters.map((filter) => sum(filter, 'here'))) + 1);
  return sum(rarest, 'everywhere') * FACET_COST < walked ? { facet: rarest } : 'walk';
}

const CONDITION: LocalizedText = { en: 'Condition', th: 'สภาพ', es: 'Estado', ja: '状態' };

/** Counts by token as facets with names, in the order of the category's schema; values nobody has are left out. */
export function facetsOf(
  settings: MarketplaceSettings,
  category: PlacedCategory | undefined,
  counts: ReadonlyMap<string, number>,
): Facet[] {
  const conditions = {
    key: 'condition',
    name: CONDITION,
    values: settings.conditions.map(({ id, label }) => ({
      value: id,
      name: label,
      count: counts.get(conditionToken(id)) ?? 0,
    })),
  };
  const attributes = (category?.attributes ?? [])
    .filter(({ filterable }) => filterable)
    .map((attribute) => ({ key: attribute.key, name: attribute.label, values: valuesOf(attribute, counts) }));
  return [conditions, ...attributes]
    .map((facet) => ({ ...facet, values: facet.values.filter(({ count }) => count > 0) }))
    .filter(({ values }) => values.length > 0);
}

function valuesOf(attribute: Attribute, counts: ReadonlyMap<string, number>): Facet['values'] {
  const count = (value: string) => counts.get(`${attribute.key}:${value}`) ?? 0;
  if (attribute.type === 'boolean')
    return ['true', 'false'].map((value) => ({ value, name: nameOfValue(attribute, value), count: count(value) }));
  if (attribute.type === 'text') return textValuesOf(attribute.key, counts);
  if (attribute.type !== 'number')
    return (attribute.options ?? []).map(({ value, label }) => ({ value, name: label, count: count(value) }));
  const prefix = `${attribute.key}:~`;
  return [...counts]
    .filter(([token]) => token.startsWith(prefix))
    .map(([token, listings]) => ({ ...bucketRange(token.slice(attribute.key.length + 1)), listings }))
    .sort((a, b) => a.from - b.from)
    .map(({ from, below, listings }) => {
      const unit = attribute.unit === undefined ? '' : ` ${attribute.unit}`;
      return { value: `${from}..${below}`, name: { en: `${from}–${below}${unit}` }, count: listings };
    });
}

/** Values of a text attribute (a brand), the most frequent first. */
function textValuesOf(key: string, counts: ReadonlyMap<string, number>): Facet['values'] {
  const prefix = `${key}:`;
  return [...counts]
    .filter(([token]) => token.startsWith(prefix))
    .map(([token, count]) => ({ value: token.slice(prefix.length), name: { en: token.slice(prefix.length) }, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, TEXT_VALUES_MAX);
}
