import Link from 'next/link';
import type { ReactNode } from 'react';
import { type BrowseQuery, browseHref } from '../lib/browse-query.ts';
import { formatNumber, textIn } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { type MessageKey, translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Icon } from './icon.tsx';
import { type CardData, ListingGrid } from './listing-card.tsx';
import { NearFilter, nearChip } from './near-filter.tsx';
import { PriceRange } from './price-form.tsx';

type Facet = {
  readonly key: string;
  readonly name: Readonly<Partial<Record<string, string>>>;
  readonly values: readonly { value: string; name: Readonly<Partial<Record<string, string>>>; count: number }[];
};
type Props = {
  readonly marketplace: Marketplace;
  readonly lang: string;
  readonly path: string;
  readonly query: BrowseQuery;
  readonly items: readonly CardData[];
  readonly nextCursor: string | null;
  readonly facets: readonly Facet[];
  readonly total?: number | undefined;
  readonly sorts: readonly string[];
  readonly heading: ReactNode;
  /** What the path says beside the query: saved with it. */
  readonly place?: Pick<BrowseQuery, 'category' | 'store'>;
  /** Whether it can be narrowed to what works with a version of a program. */
  readonly hasVersions?: boolean;
};

/** Listings with filters beside them: on a phone the filters open above. Filters are links and a form: no script needed. */
export function Browse({
  marketplace,
  lang,
  path,
  query,
  items,
  nextCursor,
  facets,
  total,
  sorts,
  heading,
  place,
  hasVersions = false,
}: Props) {
  const t = translator(lang);
  const active = [...nearChip(query, marketplace.places, lang), ...activeFilters(query, facets, lang, t)];
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
            <Filters {...{ marketplace, lang, path, query, facets, hasVersions }} />
          </div>
        </details>
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
        {active.length > 0 && (
          <ul className="mb-4 flex flex-wrap gap-2" aria-label={t('browse.active')}>
            {active.map(({ label, change }) => (
              <li key={label}>
                <Link
                  href={browseHref(path, query, change)}
                  className="chip"
                  aria-label={t('browse.remove', { name: label })}
                >
                  {label}
                  <Icon name="close" size={14} />
                </Link>
              </li>
            ))}
          </ul>
        )}
        <h2 className="sr-only">{marketplace.words.listings}</h2>
        {items.length === 0 ? (
          <div className="card p-10 text-center">
            <p className="text-lg font-semibold">{t('browse.empty')}</p>
            <p className="mt-1 text-ink-muted">
              {t(active.length > 0 || query.q === undefined ? 'browse.emptyHint' : 'browse.emptyHintWords')}
            </p>
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
        <Filters {...{ marketplace, lang, path, query, facets, hasVersions }} />
      </aside>
    </div>
  );
}

/** Whether there is something to save: words, or a filter. */
function isNarrowed(query: BrowseQuery, place: Props['place']): boolean {
  const { sort: _sort, cursor: _cursor, ...said } = { ...query, ...place };
  return Object.values(said).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined));
}

function Filters({
  marketplace,
  lang,
  path,
  query,
  facets,
  hasVersions = false,
}: Pick<Props, 'marketplace' | 'lang' | 'path' | 'query' | 'facets' | 'hasVersions'>) {
  const t = translator(lang);
  return (
    <div className="space-y-6">
      <form action={path} className="space-y-2">
        <fieldset>
          <legend className="mb-2 font-semibold">{t('browse.price', { currency: marketplace.currency })}</legend>
          {query.attribute.map((each) => (
            <input key={each} type="hidden" name="attribute" value={each} />
          ))}
          {query.condition.map((each) => (
            <input key={each} type="hidden" name="condition" value={each} />
          ))}
          {query.q !== undefined && <input type="hidden" name="q" value={query.q} />}
          {query.category !== undefined && <input type="hidden" name="category" value={query.category} />}
          {query.store !== undefined && <input type="hidden" name="store" value={query.store} />}
          {query.ratingMin !== undefined && <input type="hidden" name="ratingMin" value={query.ratingMin} />}
          {query.sort !== undefined && <input type="hidden" name="sort" value={query.sort} />}
          <PriceRange query={query} t={t} />
          {hasVersions && (
            <label className="mt-3 block text-sm">
              <span className="mb-1 block font-semibold">{t('browse.worksWith')}</span>
              <input
                className="input"
                name="worksWith"
                maxLength={60}
                placeholder="Unity 2022.3"
                defaultValue={query.worksWith}
              />
            </label>
          )}
          {marketplace.places.length > 0 && <NearFilter {...{ marketplace, lang, query }} />}
          <label className="mt-3 flex items-center gap-2 text-sm">
            <input type="checkbox" name="isInStock" value="true" defaultChecked={query.isInStock} className="size-5" />
            {t('browse.inStock')}
          </label>
          <button type="submit" className="button button-quiet mt-3 w-full">
            {t('browse.apply')}
          </button>
        </fieldset>
      </form>
      {facets
        .filter(({ values }) => values.length > 0)
        .map((facet) => (
          <section key={facet.key} aria-label={textIn(facet.name, lang)}>
            <h3 className="mb-1.5 font-semibold">{textIn(facet.name, lang)}</h3>
            <ul className="max-h-64 space-y-0.5 overflow-y-auto">
              {facet.values.map(({ value, name, count }) => {
                const { isOn, change } = toggle(query, facet.key, value);
                return (
                  <li key={value}>
                    <Link
                      href={browseHref(path, query, change)}
                      rel="nofollow"
                      aria-current={isOn ? 'true' : undefined}
                      className="flex items-center gap-2 rounded-small px-2 py-1.5 text-sm hover:bg-muted aria-[current=true]:font-semibold"
                    >
                      <span
                        className={`grid size-4 place-items-center rounded border ${isOn ? 'border-primary bg-primary text-on-primary' : 'border-line'}`}
                      >
                        {isOn && <Icon name="check" size={12} />}
                      </span>
                      <span className="grow">{textIn(name, lang)}</span>
                      <span className="text-ink-muted">{formatNumber(count, lang)}</span>
                    </Link>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
    </div>
  );
}

function toggle(query: BrowseQuery, key: string, value: string): { isOn: boolean; change: Partial<BrowseQuery> } {
  if (key === 'category') {
    const isOn = query.category === value;
    return { isOn, change: { category: isOn ? '' : value } };
  }
  if (key === 'rating') {
    const isOn = query.ratingMin === value;
    return { isOn, change: { ratingMin: isOn ? '' : value } };
  }
  const field = key === 'condition' ? 'condition' : 'attribute';
  const wanted = key === 'condition' ? value : `${key}:${value}`;
  const isOn = query[field].includes(wanted);
  return {
    isOn,
    change: { [field]: isOn ? query[field].filter((each) => each !== wanted) : [...query[field], wanted] },
  };
}

function activeFilters(
  query: BrowseQuery,
  facets: readonly Facet[],
  lang: string,
  t: ReturnType<typeof translator>,
): { label: string; change: Partial<BrowseQuery> }[] {
  const nameOf = (key: string, value: string): string => {
    const facet = facets.find((each) => each.key === key);
    const found = facet?.values.find((each) => each.value === value);
    return found === undefined ? value : `${textIn(facet?.name ?? {}, lang)}: ${textIn(found.name, lang)}`;
  };
  return [
    ...query.attribute.map((each) => ({
      label: nameOf(each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1)),
      change: { attribute: query.attribute.filter((other) => other !== each) },
    })),
    ...query.condition.map((each) => ({
      label: nameOf('condition', each),
      change: { condition: query.condition.filter((other) => other !== each) },
    })),
    ...(query.priceMin === undefined ? [] : [{ label: `≥ ${query.priceMin}`, change: { priceMin: '' } }]),
    ...(query.priceMax === undefined ? [] : [{ label: `≤ ${query.priceMax}`, change: { priceMax: '' } }]),
    ...(query.ratingMin === undefined ? [] : [{ label: nameOf('rating', query.ratingMin), change: { ratingMin: '' } }]),
    ...(query.worksWith === undefined
      ? []
      : [{ label: `${t('browse.worksWith')} ${query.worksWith}`, change: { worksWith: '' } }]),
    ...(query.isInStock === true ? [{ label: t('browse.inStock'), change: { isInStock: false } }] : []),
  ];
}
