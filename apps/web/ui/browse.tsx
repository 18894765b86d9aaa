import type { ReactNode } from 'react';
import { type BrowseQuery, browseHref } from '../lib/browse-query.ts';
import { formatNumber } from '../lib/format.ts';
import { type MessageKey, translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { ActiveFilters, activeFiltersOf } from './active-filters.tsx';
import { type FilterProps, Filters } from './browse-filters.tsx';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { type CardData, ListingGrid } from './listing-card.tsx';

type Props = FilterProps & {
  readonly items: readonly CardData[];
  readonly nextCursor: string | null;
  readonly total?: number | undefined;
  readonly sorts: readonly string[];
  readonly heading: ReactNode;
  /** What the path says beside the query: saved with it. */
  readonly place?: Pick<BrowseQuery, 'category' | 'store'> | undefined;
};

/** Listings with filters beside them: on a phone the filters open above. */
export function Browse({ items, nextCursor, total, sorts, heading, place, ...filters }: Props) {
  const { marketplace, lang, path, query } = filters;
  const t = translator(lang);
  const active = activeFiltersOf(filters);
  const isNarrowed = active.length > 0 || query.q !== undefined;
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-6 pt-6 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <div className="min-w-0">
        {heading}
        <details className="card mt-3 lg:hidden">
          <summary className="flex items-center gap-2 p-3 font-semibold">
            <Icon name="filter" />
            {t('browse.filters')}
            {active.length > 0 && <span className="chip">{active.length}</span>}
          </summary>
          <div className="border-t border-line p-4">
            <Filters {...filters} />
          </div>
        </details>
        <Tools {...{ lang, path, query, total, sorts, place }} />
        {active.length > 0 && <ActiveFilters {...{ active, lang, path, query }} />}
        <h2 className="sr-only">{marketplace.words.listings}</h2>
        {items.length === 0 ? (
          <div className="card p-10 text-center">
            <p className="text-lg font-semibold">{t(isNarrowed ? 'browse.nothingFound' : 'browse.empty')}</p>
            {isNarrowed && (
              <p className="mt-1 text-ink-muted">
                {t(active.length > 0 ? 'browse.emptyHint' : 'browse.emptyHintWords')}
              </p>
            )}
          </div>
        ) : (
          <ListingGrid
            listings={items}
            lang={lang}
            conditions={marketplace.conditions}
            isBesideFilters
            query={query.q}
          />
        )}
        {nextCursor !== null && (
          <p className="mt-8 text-center">
            <Link rel="next" className="button button-quiet" href={browseHref(path, query, { cursor: nextCursor })}>
              {t('browse.more')}
            </Link>
          </p>
        )}
      </div>
      <aside className="hidden lg:order-first lg:block" aria-label={t('browse.filters')}>
        <Filters {...filters} />
      </aside>
    </div>
  );
}

/** How many there are, keeping the search, and the order they come in. */
function Tools({
  lang,
  path,
  query,
  total,
  sorts,
  place,
}: Pick<Props, 'lang' | 'path' | 'query' | 'total' | 'sorts' | 'place'>) {
  const t = translator(lang);
  return (
    <div className="mb-4 mt-2 flex flex-wrap items-center gap-2">
      {total !== undefined && (
        <p className="mr-auto text-ink-muted" role="status">
          {t('browse.total', { count: formatNumber(total, lang) })}
        </p>
      )}
      {isNarrowed(query, place) && (
        <Link
          href={browseHref(paths.saveSearch(lang), query, { sort: '', ...place })}
          rel="nofollow"
          className="button button-quiet"
        >
          {t('saved.save')}
        </Link>
      )}
      <nav aria-label={t('browse.sort')} className="flex flex-wrap gap-1 text-sm max-sm:-ml-3">
        {sorts.map((sort, index) => (
          <Link
            key={sort}
            href={browseHref(path, query, { sort: index === 0 ? '' : sort })}
            aria-current={(query.sort ?? sorts[0]) === sort ? 'true' : undefined}
            className="rounded-full px-3 py-1.5 hover:bg-muted aria-[current=true]:bg-muted aria-[current=true]:font-semibold"
          >
            {t(`sort.${sort}` as MessageKey)}
          </Link>
        ))}
      </nav>
    </div>
  );
}

/** Whether there is something to save: words, or a filter. */
function isNarrowed(query: BrowseQuery, place: Props['place']): boolean {
  const { sort: _sort, cursor: _cursor, ...said } = { ...query, ...place };
  return Object.values(said).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined));
}
