'use client';

import type { Money } from '@plaza/kernel';
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useId, useRef, useState } from 'react';
import { formatMoney, textIn } from '../lib/format.ts';
import { paths } from '../lib/paths.ts';
import { Icon } from './icon.tsx';

type Found = {
  readonly slug: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly price: Money;
};
type Suggestions = {
  readonly queries: readonly string[];
  readonly listings: readonly Found[];
  readonly categories: readonly { readonly id: string; readonly name: Readonly<Partial<Record<string, string>>> }[];
  readonly stores: readonly { readonly slug: string; readonly name: string }[];
};

const NONE: Suggestions = { queries: [], listings: [], categories: [], stores: [] };
/** Wait this long after a key before asking: fewer requests, and the list does not flicker. */
const PAUSE_MS = 120;

type Props = {
  readonly lang: string;
  readonly marketplace: string;
  readonly label: string;
  readonly placeholder: string;
  /** What searching by a picture is called. */
  readonly pictureLabel: string;
};

/** A search field that suggests as one types (WAI-ARIA combobox); without JavaScript a plain search form. */
export function SearchBox({ lang, marketplace, label, placeholder, pictureLabel }: Props) {
  const id = useId();
  const router = useRouter();
  const searched = useSearched(lang);
  const [query, setQuery] = useState(searched);
  const [found, setFound] = useState(NONE);
  const [at, setAt] = useState(-1);
  const [trending, setTrending] = useState<readonly string[]>([]);
  const [isEmptyOpen, setEmptyOpen] = useState(false);
  // Above results stands what they answer, to be mended; elsewhere the field is empty again.
  const [before, setBefore] = useState(searched);
  if (searched !== before) {
    setBefore(searched);
    setQuery(searched);
  }
  const typed = useTyped(query, marketplace, lang, setFound);
  const isEmpty = query.trim() === '';
  const options = [
    ...(isEmpty ? (isEmptyOpen ? trending : []) : withTrending(found.queries, trending, query)).map((text) => ({
      key: `q:${text}`,
      href: paths.search(lang, text),
      text,
      icon: 'search' as const,
      listing: undefined,
    })),
    ...found.categories.map(({ id: category, name }) => ({
      key: `c:${category}`,
      href: paths.category(lang, category),
      text: textIn(name, lang),
      icon: 'tag' as const,
      listing: undefined,
    })),
    ...found.stores.map(({ slug, name }) => ({
      key: `s:${slug}`,
      href: paths.store(lang, slug),
      text: name,
      icon: 'store' as const,
      listing: undefined,
    })),
    ...found.listings.map((each) => ({
      key: each.slug,
      href: paths.listing(lang, each.slug),
      text: each.title,
      icon: 'search' as const,
      listing: each,
    })),
  ];
  const isOpen = options.length > 0;
  const close = () => {
    typed.current = '';
    setFound(NONE);
    setEmptyOpen(false);
    setAt(-1);
  };
  const go = (href: string) => {
    close();
    router.push(href);
  };
  return (
    <search className="relative">
      <form action={paths.search(lang)} onSubmit={close}>
        <label className="sr-only" htmlFor={`${id}-input`}>
          {label}
        </label>
        <Icon name="search" className="pointer-events-none absolute left-3.5 top-3 text-ink-muted" />
        <input
          id={`${id}-input`}
          name="q"
          type="search"
          className="input rounded-full! bg-muted! pl-11! pr-12!"
          placeholder={placeholder}
          autoComplete="off"
          maxLength={200}
          value={query}
          role="combobox"
          aria-expanded={isOpen}
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          onFocus={() => {
            setEmptyOpen(true);
            if (trending.length === 0) void readTrending(marketplace).then(setTrending);
          }}
          onChange={(event) => {
            typed.current = event.target.value.trim();
            setQuery(event.target.value);
            setAt(-1);
          }}
          onKeyDown={(event) => {
            const chosen = options[at];
            if (!isOpen) return;
            if (event.key === 'ArrowDown') setAt((at + 1) % options.length);
            else if (event.key === 'ArrowUp') setAt((at - 1 + options.length) % options.length);
            else if (event.key === 'Escape') close();
            else if (event.key === 'Enter' && chosen !== undefined) go(chosen.href);
            else return;
            event.preventDefault();
          }}
          onBlur={close}
        />
        <Link
          href={paths.searchByPicture(lang)}
          aria-label={pictureLabel}
          title={pictureLabel}
          className="absolute right-0 top-0 grid size-11 place-items-center rounded-full text-ink-muted hover:text-ink"
        >
          <Icon name="camera" />
        </Link>
      </form>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        hidden={!isOpen}
        className="card absolute inset-x-0 top-full z-40 mt-1 bg-surface! p-1 shadow-xl"
      >
        {options.map(({ key, href, text, icon, listing }, index) => (
          <div
            key={key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="flex cursor-pointer items-center gap-3 rounded-small px-3 py-2 hover:bg-muted aria-selected:bg-muted"
            // The field must not lose focus (and close the list) before the choice counts.
            onMouseDown={(event) => {
              event.preventDefault();
              go(href);
            }}
          >
            {listing === undefined ? (
              <Icon name={icon} size={16} className="text-ink-muted" />
            ) : (
              listing.imageUrl !== null && (
                <img src={listing.imageUrl} alt="" width={36} height={36} className="size-9 rounded object-cover" />
              )
            )}
            <span className="grow truncate">{text}</span>
            {listing !== undefined && (
              <span className="text-sm text-ink-muted">{formatMoney(listing.price, lang)}</span>
            )}
          </div>
        ))}
      </div>
    </search>
  );
}

/** What the page answers; empty where it is no page of results. */
function useSearched(lang: string): string {
  const [path, query] = [usePathname(), useSearchParams().get('q')];
  return path === paths.search(lang) ? (query ?? '') : '';
}

/** Queries that trend and begin as what was typed stand before the others. */
function withTrending(queries: readonly string[], trending: readonly string[], query: string): string[] {
  if (queries.length === 0) return [];
  const beginning = trending.filter((each) => each.startsWith(query.trim().toLowerCase())).slice(0, 2);
  return [...new Set([...beginning, ...queries])];
}

/** What others search for this hour; nothing when that cannot be had. */
async function readTrending(marketplace: string): Promise<string[]> {
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
function useTyped(query: string, marketplace: string, lang: string, show: (found: Suggestions) => void) {
  const typed = useRef('');
  useEffect(() => {
    if (typed.current === '') {
      show(NONE);
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
