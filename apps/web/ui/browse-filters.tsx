import { type BrowseQuery, browseHref } from '../lib/browse-query.ts';
import { formatNumber, textIn } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { NearFilter } from './near-filter.tsx';
import { PriceRange } from './price-form.tsx';

/** What listings can be narrowed by, with how many there are of each value. */
export type Facet = {
  readonly key: string;
  readonly name: Readonly<Partial<Record<string, string>>>;
  readonly values: readonly { value: string; name: Readonly<Partial<Record<string, string>>>; count: number }[];
};

export type FilterProps = {
  readonly marketplace: Marketplace;
  readonly lang: string;
  readonly path: string;
  readonly query: BrowseQuery;
  readonly facets: readonly Facet[];
  /** Whether it can be narrowed to what works with a version of a program. */
  readonly hasVersions?: boolean;
};

/** Filters are a form, for what is typed, and links, for what is chosen: no script is needed. */
export function Filters({ facets, ...props }: FilterProps) {
  return (
    <div className="space-y-6">
      <TypedFilters {...props} />
      {facets
        .filter(({ values }) => values.length > 0)
        .map((facet) => (
          <FacetLinks key={facet.key} facet={facet} {...props} />
        ))}
    </div>
  );
}

/** Price, version, place and stock. What is chosen already goes with them. */
function TypedFilters({ marketplace, lang, path, query, hasVersions = false }: Omit<FilterProps, 'facets'>) {
  const t = translator(lang);
  return (
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
  );
}

/** The values of one facet: each adds itself to the query, or takes itself out again. */
function FacetLinks({ facet, lang, path, query }: Pick<FilterProps, 'lang' | 'path' | 'query'> & { facet: Facet }) {
  return (
    <section aria-label={textIn(facet.name, lang)}>
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
