import type { Currency } from '@plaza/kernel';
import { apiFiltersOf, type BrowseQuery, browseHref } from './browse-query.ts';
import { paths } from './paths.ts';
import { typedMoney } from './typed-money.ts';

/** Words and filters of a saved search, as the API has them. */
export type SavedQuery = {
  readonly q?: string | undefined;
  readonly categoryId?: string | undefined;
  readonly storeId?: string | undefined;
  readonly worksWith?: string | undefined;
  readonly ratingMin?: number | undefined;
  readonly near?: string | undefined;
  readonly withinKm?: number | undefined;
  readonly attribute?: string[] | undefined;
  readonly condition?: string[] | undefined;
  readonly priceMinorMin?: number | undefined;
  readonly priceMinorMax?: number | undefined;
  readonly isInStock?: boolean | undefined;
};

/** What only search takes: browsing the catalog knows no words, no versions, no stars and no distances. */
export function onlySearchedOf({ q, worksWith, ratingMin, near, withinKm }: BrowseQuery) {
  return {
    ...(q === undefined ? {} : { q }),
    ...(worksWith === undefined ? {} : { worksWith }),
    ...(/^[1-5]$/.test(ratingMin ?? '') ? { ratingMin: Number(ratingMin) } : {}),
    ...(near === undefined ? {} : { near }),
    ...(near === undefined || withinKm === undefined ? {} : { withinKm: Number(withinKm) }),
  };
}

/** What an address searches for, as it is saved. */
export function savedQueryOf(query: BrowseQuery, currency: Currency) {
  const { cursor: _, ...filters } = apiFiltersOf(query, currency);
  return { ...onlySearchedOf(query), ...filters };
}

/** The page of results of a saved search, the newest first. */
export function resultsHref(lang: string, search: SavedQuery, currency: Currency): string {
  const typed = (amountMinor: number | undefined) =>
    amountMinor === undefined ? '' : typedMoney({ amountMinor, currency });
  return browseHref(
    paths.search(lang),
    { attribute: search.attribute ?? [], condition: search.condition ?? [] },
    {
      q: search.q ?? '',
      category: search.categoryId ?? '',
      store: search.storeId ?? '',
      worksWith: search.worksWith ?? '',
      ratingMin: search.ratingMin === undefined ? '' : String(search.ratingMin),
      near: search.near ?? '',
      withinKm: search.withinKm === undefined ? '' : String(search.withinKm),
      priceMin: typed(search.priceMinorMin),
      priceMax: typed(search.priceMinorMax),
      isInStock: search.isInStock === true,
      sort: 'newest',
    },
  );
}
