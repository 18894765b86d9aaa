import { type Currency, parseAmount, writtenAmount, writtenNumber } from '@plaza/kernel';
/** The filters in a listing page's address, as the API takes them. */
export type BrowseQuery = {
  readonly attribute: readonly string[];
  readonly condition: readonly string[];
  readonly priceMin?: string;
  readonly priceMax?: string;
  readonly sort?: string;
  readonly isInStock?: boolean;
  readonly cursor?: string;
  /** Words searched for. */
  readonly q?: string;
  /** A category chosen among search results; on a category's own page the path names it. */
  readonly category?: string;
  /** A store's id; on a store's own page the path names it. */
  readonly store?: string;
  /** Of search alone: a program and its version. */
  readonly worksWith?: string;
  /** Of search alone: so many stars and up. */
  readonly ratingMin?: string;
  /** Of search alone: a place's id or coordinates, and so many kilometers around it. */
  readonly near?: string;
  readonly withinKm?: string;
};

export type SearchParameters = Readonly<Record<string, string | string[] | undefined>>;

const list = (value: string | string[] | undefined): string[] =>
  (value === undefined ? [] : Array.isArray(value) ? value : [value]).filter((each) => each !== '');
const one = (value: string | string[] | undefined): string | undefined => list(value)[0];

/** As many characters of words as the API searches for. */
const WORDS_MAX = 300;
/** As many digits as a price to filter by may have. */
const PRICE_DIGITS_MAX = 12;
const STARS = /^[1-5]$/;

/** Words as somebody may paste them: without what cannot be typed, and not endless. */
const wordsOf = (value: string | undefined): string | undefined =>
  value
    ?.replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, WORDS_MAX)
    .toWellFormed() || undefined;
const when = (pattern: RegExp, value: string | undefined): string | undefined =>
  value !== undefined && pattern.test(value.trim()) ? value : undefined;
const price = (value: string | undefined): string | undefined =>
  value !== undefined && writtenNumber(value) !== undefined && value.replace(/\D/g, '').length <= PRICE_DIGITS_MAX
    ? value
    : undefined;

/** What an address says; what cannot be meant (a price of letters) is left out, so that no filter is shown that does nothing. */
export function readBrowseQuery(parameters: SearchParameters): BrowseQuery {
  const optional = {
    priceMin: price(one(parameters.priceMin)),
    priceMax: price(one(parameters.priceMax)),
    sort: one(parameters.sort),
    cursor: one(parameters.cursor),
    q: wordsOf(one(parameters.q)),
    category: one(parameters.category),
    store: one(parameters.store),
    worksWith: one(parameters.worksWith),
    ratingMin: when(STARS, one(parameters.ratingMin)),
    near: one(parameters.near),
    withinKm: one(parameters.withinKm),
  };
  return {
    attribute: list(parameters.attribute),
    condition: list(parameters.condition),
    ...(one(parameters.isInStock) === 'true' ? { isInStock: true } : {}),
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ) as Partial<BrowseQuery>),
  };
}

/** The address of the same page with some filters changed; the page begins again at its first. */
export function browseHref(path: string, query: BrowseQuery, change: Partial<BrowseQuery>): string {
  const next = { ...query, cursor: undefined, ...change };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(next)) {
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== '' && each !== false) parameters.append(name, String(each));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/**
 * A price that a person typed ("1,299.50", "45,00") in minor units; undefined when it is none. Read, not computed with.
 * Between thousands stands what screens write there, a comma; a point there could be meant for decimals.
 */
export function typedPriceMinor(typed: string | undefined, currency: Currency): number | undefined {
  const amount = typed === undefined ? undefined : writtenAmount(typed, currency);
  if (amount !== 'ambiguous') return amount;
  return /,/.test(typed ?? '') ? parseAmount(typed ?? '', currency) : undefined;
}

/** The filters of an address as `listListings` and `searchListings` take them; those not set are left out. */
export function apiFiltersOf(query: BrowseQuery, currency: Currency) {
  const priceMinorMin = typedPriceMinor(query.priceMin, currency);
  const priceMinorMax = typedPriceMinor(query.priceMax, currency);
  return {
    ...(query.category === undefined ? {} : { categoryId: query.category }),
    ...(query.store === undefined ? {} : { storeId: query.store }),
    ...(query.attribute.length === 0 ? {} : { attribute: [...query.attribute] }),
    ...(query.condition.length === 0 ? {} : { condition: [...query.condition] }),
    ...(priceMinorMin === undefined ? {} : { priceMinorMin }),
    ...(priceMinorMax === undefined ? {} : { priceMinorMax }),
    ...(query.isInStock === undefined ? {} : { isInStock: query.isInStock }),
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  };
}
