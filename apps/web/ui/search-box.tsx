'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { Icon } from './icon';

type Suggestion = { readonly text: string };
/** Wait this long after a key before asking: fewer requests, and the list does not flicker. */
const PAUSE_MS = 120;

/** A search field that suggests as one types (WAI-ARIA combobox); without JavaScript a plain search form. */
export function SearchBox({ action, label, placeholder, suggestUrl, marketplace, lang, defaultValue = '' }: { action: string; label: string; placeholder: string; suggestUrl: string; marketplace: string; lang: string; defaultValue?: string }) {
  const listId = useId();
  const [query, setQuery] = useState(defaultValue);
  const [items, setItems] = useState<readonly Suggestion[]>([]);
  const [at, setAt] = useState(-1);
  const form = useRef<HTMLFormElement>(null);
  const wanted = useRef('');

  useEffect(() => {
    if (wanted.current === '') return setItems([]);
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const url = `${suggestUrl}?query=${encodeURIComponent(wanted.current)}&limit=8`;
        const response = await fetch(url, { signal: stop.signal, headers: { 'x-marketplace': marketplace, 'accept-language': lang } });
        if (response.ok) setItems(((await response.json()) as { items: Suggestion[] }).items ?? []);
      } catch {
        // Suggestions are a help; without them the search still works.
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, suggestUrl, marketplace, lang]);

  const choose = (text: string) => {
    wanted.current = '';
    setQuery(text);
    setItems([]);
    setTimeout(() => form.current?.requestSubmit());
  };
  const isOpen = items.length > 0;
  return (
    <form ref={form} action={action} role="search" className="relative">
      <label className="sr-only" htmlFor={`${listId}-input`}>{label}</label>
      <Icon name="search" className="pointer-events-none absolute left-3 top-3 text-ink-muted" />
      <input
        id={`${listId}-input`}
        name="query"
        type="search"
        className="input !rounded-full !bg-muted !pl-10"
        placeholder={placeholder}
        autoComplete="off"
        maxLength={200}
        value={query}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined}
        onChange={(event) => {
          wanted.current = event.target.value.trim();
          setQuery(event.target.value);
          setAt(-1);
        }}
        onKeyDown={(event) => {
          if (!isOpen) return;
          if (event.key === 'ArrowDown') setAt((at + 1) % items.length);
          else if (event.key === 'ArrowUp') setAt((at - 1 + items.length) % items.length);
          else if (event.key === 'Escape') setItems([]);
          else if (event.key === 'Enter' && at >= 0) choose(items[at]?.text ?? query);
          else return;
          event.preventDefault();
        }}
        onBlur={() => setTimeout(() => setItems([]), 150)}
      />
      <ul id={listId} role="listbox" aria-label={label} hidden={!isOpen} className="card absolute inset-x-0 top-full z-40 mt-1 !bg-surface p-1 shadow-xl">
        {items.map(({ text }, index) => (
          <li key={text} id={`${listId}-${index}`} role="option" tabIndex={-1} aria-selected={index === at} className="cursor-pointer rounded-small px-3 py-2 hover:bg-muted aria-selected:bg-muted" onMouseDown={() => choose(text)}>
            {text}
          </li>
        ))}
      </ul>
    </form>
  );
}
