import { type BrowseQuery, browseHref } from '../lib/browse-query.ts';
import { textIn } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import type { FilterProps } from './browse-filters.tsx';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { nearChip } from './near-filter.tsx';

/** A filter that is on, and what takes it off. */
type ActiveFilter = { readonly label: string; readonly change: Partial<BrowseQuery> };

/** The filters that are on, each a press away from being off. */
export function ActiveFilters({
  active,
  lang,
  path,
  query,
}: Pick<FilterProps, 'lang' | 'path' | 'query'> & { active: readonly ActiveFilter[] }) {
  const t = translator(lang);
  return (
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
  );
}

/** Everything of the query that narrows what is listed, as its reader calls it. */
export function activeFiltersOf({
  marketplace,
  lang,
  query,
  facets,
}: Pick<FilterProps, 'marketplace' | 'lang' | 'query' | 'facets'>): ActiveFilter[] {
  const t = translator(lang);
  const nameOf = (key: string, value: string): string => {
    const facet = facets.find((each) => each.key === key);
    const found = facet?.values.find((each) => each.value === value);
    return found === undefined ? value : `${textIn(facet?.name ?? {}, lang)}: ${textIn(found.name, lang)}`;
  };
  return [
    ...nearChip(query, marketplace.places, lang),
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
