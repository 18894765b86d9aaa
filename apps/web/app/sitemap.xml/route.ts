import type { PublicMarketplace } from '@plaza/admin/contract';
import type { PlazaClient } from '@plaza/sdk';
import { installationApi, publicApi } from '../../lib/api.ts';
import { marketplaceId } from '../../lib/marketplace-id.ts';
import { origin } from '../../lib/seo.ts';
import { LISTINGS_PER_SITEMAP, xml, xmlText } from '../../lib/sitemap.ts';

/** Most sitemaps of one marketplace in an index; an index holds 50,000 (https://sitemaps.org/protocol.html). */
const SITEMAPS_MAX = 1000;

/** The index of this marketplace's sitemaps; on the bare host, of all that may be found. */
export async function GET(): Promise<Response> {
  const base = await origin();
  const addresses =
    (await marketplaceId()) === undefined ? await addressesOfAll() : await addressesOf(base, await publicApi());
  const items = addresses.map((address) => `<sitemap><loc>${xmlText(address)}</loc></sitemap>`).join('\n');
  return xml(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${items}\n</sitemapindex>`);
}

/** An index may not name other indexes, so each marketplace's own sitemaps stand in it. */
async function addressesOfAll(): Promise<string[]> {
  const { items } = await installationApi('en').admin.listMarketplaces({});
  const found = (items as unknown as PublicMarketplace[]).filter(({ seo }) => seo.indexed);
  const all = found.map(({ id, url }) => addressesOf(url, installationApi('en', id)));
  return (await Promise.all(all)).flat();
}

/** One sitemap of a marketplace's pages, then its listings, so many a piece. */
async function addressesOf(base: string, client: PlazaClient): Promise<string[]> {
  const addresses = [`${base}/sitemap/pages`, `${base}/sitemap/listings`];
  let cursor: string | undefined;
  while (addresses.length < SITEMAPS_MAX) {
    const page = await client.catalog.listSitemapEntries({ limit: LISTINGS_PER_SITEMAP, cursor });
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
    addresses.push(`${base}/sitemap/listings?cursor=${encodeURIComponent(cursor)}`);
  }
  return addresses;
}
