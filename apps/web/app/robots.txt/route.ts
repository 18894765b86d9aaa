import { origin } from '../../lib/seo.ts';

/** What search engines may read: everything but what belongs to one visitor. */
export async function GET(): Promise<Response> {
  const privatePaths = ['account', 'cart', 'checkout', 'pay', 'studio', 'admin', 'sign-in', 'sign-up', 'search'];
  const lines = [
    'User-agent: *',
    ...privatePaths.map((name) => `Disallow: /*/${name}`),
    'Disallow: /api/',
    `Sitemap: ${await origin()}/sitemap.xml`,
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
