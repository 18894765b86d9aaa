import 'server-only';
import type { ReactNode } from 'react';
import { orNotFound, publicApi } from '../lib/api.ts';
import { apiFiltersOf, readBrowseQuery, type SearchParameters } from '../lib/browse-query.ts';
import { hasVersions } from '../lib/categories.ts';
import { withKnownPlace } from '../lib/known-place.ts';
import { categoryTrail, getMarketplace } from '../lib/marketplace.ts';
import { onlySearchedOf } from '../lib/saved-query.ts';
import { Browse } from './browse.tsx';

const SORTS = ['newest', 'price_asc', 'price_desc'] as const;

type SearchClient = Awaited<ReturnType<typeof publicApi>>;

/** The same from search, which knows distances and ratings. The page's own category is no facet of it. */
async function searchedPage({ search }: SearchClient, input: Parameters<SearchClient['search']['searchListings']>[0]) {
  const { facets, ...page } = await search.searchListings(input);
  return { ...page, facets: facets.filter(({ key }) => key !== 'category') };
}

/** Browsing the catalog: all of it, a category, or a store. */
export async function CatalogBrowse({
  lang,
  path,
  parameters,
  heading,
  categoryId,
  storeId,
}: {
  lang: string;
  path: string;
  parameters: SearchParameters;
  heading: ReactNode;
  categoryId?: string;
  storeId?: string;
}) {
  const [marketplace, client] = [await getMarketplace(lang), await publicApi(lang)];
  const { categories } = marketplace;
  const browsed = categoryId === undefined ? categories : categoryTrail(categories, categoryId).slice(-1);
  const query = withKnownPlace(readBrowseQuery(parameters), marketplace.places);
  const filters = {
    limit: 20,
    ...(storeId === undefined ? {} : { storeId }),
    ...apiFiltersOf(query, marketplace.currency),
    ...(categoryId === undefined ? {} : { categoryId }),
  };
  const searchedSorts = [
    ...(marketplace.features.reviews ? (['rating'] as const) : []),
    ...(query.near === undefined ? [] : (['distance'] as const)),
  ];
  const sort = SORTS.find((each) => each === query.sort) ?? 'newest';
  const searchedSort = searchedSorts.find((each) => each === query.sort);
  const page = await orNotFound(
    [query.near, query.ratingMin, query.worksWith, searchedSort].every((each) => each === undefined)
      ? client.catalog.listListings({ ...filters, sort, includeFacets: true })
      : searchedPage(client, { ...filters, sort: searchedSort ?? sort, ...onlySearchedOf(query) }),
  );
  return (
    <Browse
      marketplace={marketplace}
      lang={lang}
      path={path}
      query={query}
      items={page.items}
      nextCursor={page.nextCursor}
      facets={page.facets ?? []}
      total={page.total}
      sorts={[...SORTS, ...searchedSorts]}
      hasVersions={hasVersions(browsed)}
      heading={heading}
      place={{
        ...(categoryId === undefined ? {} : { category: categoryId }),
        ...(storeId === undefined ? {} : { store: storeId }),
      }}
    />
  );
}
