'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useId, useState } from 'react';
import { paths } from '../lib/paths.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { SearchOptions } from './search-options.tsx';
import { NO_SUGGESTIONS, readTrending, searchOptions, useTyped, withTrending } from './search-suggestions.ts';

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
  const [found, setFound] = useState(NO_SUGGESTIONS);
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
  const queries = isEmpty ? (isEmptyOpen ? trending : []) : withTrending(found.queries, trending, query);
  const options = searchOptions(lang, queries, found);
  const isOpen = options.length > 0;
  const close = () => {
    typed.current = '';
    setFound(NO_SUGGESTIONS);
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
            else if (event.key === 'ArrowUp') setAt((at <= 0 ? options.length : at) - 1);
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
      <SearchOptions lang={lang} id={id} label={label} options={options} at={at} go={go} />
    </search>
  );
}

/** What the page answers; empty where it is no page of results. */
function useSearched(lang: string): string {
  const [path, query] = [usePathname(), useSearchParams().get('q')];
  return path === paths.search(lang) ? (query ?? '') : '';
}
