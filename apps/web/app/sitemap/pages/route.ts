import { type Category, getMarketplace } from '../../../lib/marketplace.ts';
import { origin } from '../../../lib/seo.ts';
import { sitemapOf, xml } from '../../../lib/sitemap.ts';

export async function GET(): Promise<Response> {
  const [base, marketplace] = [await origin(), await getMarketplace('en')];
  const entries = [
    { path: '' },
    { path: '/browse' },
    ...idsOf(marketplace.categories).map((id) => ({ path: `/c/${encodeURIComponent(id)}` })),
    ...marketplace.policies.map(({ name }) => ({ path: `/p/${name}` })),
  ];
  return xml(sitemapOf(base, marketplace.locales, entries));
}

function idsOf(categories: readonly Category[]): string[] {
  return categories.flatMap(({ id, children }) => [id, ...idsOf(children)]);
}
