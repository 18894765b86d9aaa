/** 10,000 listings in up to four languages stay below the 50,000 addresses a sitemap may hold. */
export const LISTINGS_PER_SITEMAP = 10_000;

/** A text inside XML. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function xml(body: string): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=300' },
  });
}

type Entry = { readonly path: string; readonly updatedTime?: string; readonly imageUrl?: string | null };

/** A sitemap whose every page names its twins in the other languages. */
export function sitemapOf(base: string, locales: readonly string[], entries: readonly Entry[]): string {
  const urls = entries.flatMap(({ path, updatedTime, imageUrl }) => {
    const twins = locales
      .map((lang) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${xmlText(`${base}/${lang}${path}`)}"/>`)
      .join('');
    const image =
      imageUrl == null ? '' : `<image:image><image:loc>${xmlText(`${base}${imageUrl}`)}</image:loc></image:image>`;
    const changed = updatedTime === undefined ? '' : `<lastmod>${updatedTime}</lastmod>`;
    return locales.map(
      (lang) => `<url><loc>${xmlText(`${base}/${lang}${path}`)}</loc>${changed}${twins}${image}</url>`,
    );
  });
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n${urls.join('\n')}\n</urlset>`;
}
