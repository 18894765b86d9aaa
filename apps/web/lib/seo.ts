import 'server-only';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { getMarketplace } from './marketplace.ts';

/** Scheme and host of this request, without a trailing slash. */
export async function origin(): Promise<string> {
  const given = await headers();
  return `${given.get('x-forwarded-proto') ?? 'http'}://${given.get('x-forwarded-host') ?? given.get('host') ?? 'localhost'}`;
}

/** Canonical address of a page and its twins in the other languages (hreflang). `path` follows the language. */
export async function alternates(lang: string, path: string): Promise<NonNullable<Metadata['alternates']>> {
  const { url, locales } = await getMarketplace(lang);
  const at = (locale: string) => `${url}/${locale}${path}`;
  return {
    canonical: at(lang),
    languages: {
      ...Object.fromEntries(locales.map((locale) => [locale, at(locale)])),
      'x-default': at(locales[0] ?? lang),
    },
  };
}
