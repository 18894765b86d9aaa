import 'server-only';
import type { ReactNode } from 'react';
import { orNotFound, publicApi } from '../lib/api';
import { readBrowseQuery, type SearchParameters, typedPriceMinor } from '../lib/browse-query';
import { getMarketplace } from '../lib/marketplace';
import { Browse } from './browse';

/** Browsing the catalog: all of it, a category, or a store. */
export async function CatalogBrowse({ lang, path, parameters, heading, categoryId, storeId }: { lang: string; path: string; parameters: SearchParameters; heading: ReactNode; categoryId?: string; storeId?: string }) {
  const [marketplace, client] = [await getMarketplace(lang), await publicApi(lang)];
  const query = readBrowseQuery(parameters);
  const priceMinorMin = typedPriceMinor(query.priceMin, marketplace.currency);
  const priceMinorMax = typedPriceMinor(query.priceMax, marketplace.currency);
  const page = await orNotFound(
    client.catalog.listListings({
      limit: 20,
      includeFacets: true,
      sort: (['newest', 'price_asc', 'price_desc'] as const).find((sort) => sort === query.sort) ?? 'newest',
      ...(categoryId === undefined ? {} : { categoryId }),
      ...(storeId === undefined ? {} : { storeId: storeId as never }),
      ...(query.attribute.length === 0 ? {} : { attribute: [...query.attribute] }),
      ...(query.condition.length === 0 ? {} : { condition: [...query.condition] }),
      ...(priceMinorMin === undefined ? {} : { priceMinorMin }),
      ...(priceMinorMax === undefined ? {} : { priceMinorMax }),
      ...(query.isInStock === undefined ? {} : { isInStock: query.isInStock }),
      ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    }),
  );
  return (
    <Browse marketplace={marketplace} lang={lang} path={path} query={query} items={page.items} nextCursor={page.nextCursor} facets={page.facets ?? []} total={page.total} sorts={['newest', 'price_asc', 'price_desc']} heading={heading} />
  );
}
