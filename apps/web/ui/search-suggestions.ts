import type { Money } from '@plaza/kernel';
import { useEffect, useRef } from 'react';
import { textIn } from '../lib/format.ts';
import { paths } from '../lib/paths.ts';

/** What the API suggests for what was typed so far. */
export type Suggestions = {
  readonly queries: readonly string[];
  readonly listings: readonly FoundListing[];
  readonly categories: readonly { readonly id: string; readonly name: Readonly<Partial<Record<string, string>>> }[];
  readonly stores: readonly { readonly slug: string; readonly name: string }[];
};
type FoundListing = {
  readonly slug: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly price: Money;
};

/** One line of the list below the search field. */
export type SearchOption = {
  readonly key: string;
  readonly href: string;
  readonly text: string;
  readonly icon: 'search' | 'tag' | 'store';
  readonly listing?: FoundListing;
};

export const NO_SUGGESTIONS: Suggestions = { queries: [], listings: [], categories: [], stores: [] };

/** Wait this long after a key before asking: fewer requests, and the list does not flicker. */
const PAUSE_MS = 120;

/** Queries first, then categories, stores and listings. */
export function searchOptions(
  lang: string,
  queries: readonly string[],
  { categories, stores, listings }: Suggestions,
): SearchOption[] {
  return [
    ...queries.map((text) => ({ key: `q:${text}`, href: paths.search(lang, text), text, icon: 'search' as const })),
    ...categories.map(({ id, name }) => ({
      key: `c:${id}`,
      href: paths.category(lang, id),
      text: textIn(name, lang),
      icon: 'tag' as const,
    })),
    ...stores.map(({ slug, name }) => ({
      key: `s:${slug}`,
      href: paths.store(lang, slug),
      text: name,
      icon: 'store' as const,
    })),
    ...listings.map((listing) => ({
      key: listing.slug,
      href: paths.listing(lang, listing.slug),
      text: listing.title,
      icon: 'search' as const,
      listing,
    })),
  ];
}

/** Queries that trend and begin as what was typed stand before the others. */
export function withTrending(queries: readonly string[], trending: readonly string[], query: string): string[] {
  if (queries.length === 0) return [];
  const beginning = trending.filter((each) => each.startsWith(query.trim().toLowerCase())).slice(0, 2);
  return [...new Set([...beginning, ...queries])];
}

/** What others search for this hour; nothing when that cannot be had. */
export async function readTrending(marketplace: string): Promise<string[]> {
  try {
    const response = await fetch('/api/v1/trends?limit=6', { headers: { 'x-marketplace': marketplace } });
    if (!response.ok) return [];
    const { searches } = (await response.json()) as { searches: readonly { readonly query: string }[] };
    return searches.map(({ query }) => query);
  } catch {
    // A help, as suggestions are.
    return [];
  }
}

/** Asks for suggestions a moment after the last key. What the box was given at first is not typed, so it asks nothing. */
export function useTyped(query: string, marketplace: string, lang: string, show: (found: Suggestions) => void) {
  const typed = useRef('');
  useEffect(() => {
    if (typed.current === '') {
      show(NO_SUGGESTIONS);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`/api/v1/search/suggestions?q=${encodeURIComponent(typed.current)}&limit=5`, {
          signal: stop.signal,
          headers: { 'x-marketplace': marketplace, 'accept-language': lang },
        });
        if (response.ok && typed.current !== '') show((await response.json()) as Suggestions);
      } catch {
        // Suggestions are a help; without them the search still works.
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, marketplace, lang]);
  return typed;
}
