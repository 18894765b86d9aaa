import { publicApi } from '../../lib/api.ts';
import { origin } from '../../lib/seo.ts';
import { LISTINGS_PER_SITEMAP, xml, xmlText } from '../../lib/sitemap.ts';

/** Most sitemaps of listings named in the index; a sitemap index holds 50,000 (https://sitemaps.org/protocol.html). */
const SITEMAPS_MAX = 1000;

/** The index of this marketplace's sitemaps: one of its pages, then its listings, so many a piece. */
export async function GET(): Promise<Response> {
  const [base, client] = [await origin(), await publicApi()];
  const addresses = [`${base}/sitemap/pages`, `${base}/sitemap/listings`];
  let cursor: string | undefined;
  while (addresses.length < SITEMAPS_MAX) {
    const page = await client.catalog.listSitemapEntries({
      limit: LISTINGS_PER_SITEMAP,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
    addresses.push(`${base}/sitemap/listings?cursor=${encodeURIComponent(cursor)}`);
  }
  const items = addresses.map((address) => `<sitemap><loc>${xmlText(address)}</loc></sitemap>`).join('\n');
  return xml(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${items}\n</sitemapindex>`);
}
