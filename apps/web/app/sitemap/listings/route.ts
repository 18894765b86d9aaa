import { orNotFound, publicApi } from '../../../lib/api.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { origin } from '../../../lib/seo.ts';
import { LISTINGS_PER_SITEMAP, sitemapOf, xml } from '../../../lib/sitemap.ts';

export async function GET(request: Request): Promise<Response> {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const [base, client, { locales }] = [await origin(), await publicApi(), await getMarketplace('en')];
  const page = await orNotFound(
    client.catalog.listSitemapEntries({ limit: LISTINGS_PER_SITEMAP, ...(cursor === null ? {} : { cursor }) }),
  );
  const entries = page.items.map(({ slug, updatedTime, imageUrl }) => ({
    path: `/l/${encodeURIComponent(slug)}`,
    updatedTime,
    imageUrl,
  }));
  return xml(sitemapOf(base, locales, entries));
}
