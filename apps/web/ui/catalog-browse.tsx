import 'server-only';
import type { ReactNode } from 'react';
import { orNotFound, publicApi } from '../lib/api.ts';
import { apiFiltersOf, readBrowseQuery, type SearchParameters } from '../lib/browse-query.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { Browse } from './browse.tsx';

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
  const query = readBrowseQuery(parameters);
  const page = await orNotFound(
    client.catalog.listListings({
      limit: 20,
      includeFacets: true,
      sort: (['newest', 'price_asc', 'price_desc'] as const).find((sort) => sort === query.sort) ?? 'newest',
      ...(storeId === undefined ? {} : { storeId: storeId as never }),
      ...apiFiltersOf(query, marketplace.currency),
      ...(categoryId === undefined ? {} : { categoryId }),
    }),
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
      sorts={['newest', 'price_asc', 'price_desc']}
      heading={heading}
      place={{
        ...(categoryId === undefined ? {} : { category: categoryId }),
        ...(storeId === undefined ? {} : { store: storeId }),
      }}
    />
  );
}
