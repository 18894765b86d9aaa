import { createHash } from 'node:crypto';
import { formatMoney, type LocalizedText, localize } from '@plaza/kernel';
import { flattenCategories, type MarketplaceSettings, nameOfValue } from '@plaza/kernel/marketplace';
import type { SavedQuery } from '../contract/saved-searches.ts';

/** Longest name that a search gets by itself. */
const NAME_LENGTH_MAX = 120;

/** A search in one order and without what says nothing, so that equal ones are equal text. */
export function canonical(search: SavedQuery): SavedQuery {
  const entries = Object.entries(search).flatMap(([key, value]): [string, unknown][] => {
    if (value === undefined) return [];
    if (typeof value === 'string') {
      const text = value.trim().replace(/\s+/g, ' ');
      return text === '' ? [] : [[key, text]];
    }
    if (!Array.isArray(value)) return [[key, value]];
    return value.length === 0 ? [] : [[key, [...new Set(value)].sort()]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as SavedQuery;
}

/** What equal searches have in common: they are matched once for everybody who saved them. */
export function searchKeyOf(search: SavedQuery): string {
  return createHash('sha256').update(JSON.stringify(search)).digest('base64url').slice(0, 22);
}

/** A search in words: `brass lamp · Lighting · Good · $10.00–$50.00`. */
export function nameOf(search: SavedQuery, settings: MarketplaceSettings, locale: string): string {
  const told = (texts: Parameters<typeof localize>[0]) => localize(texts, locale, settings.locales);
  const categories = flattenCategories(settings.categories);
  const category = categories.find(({ id }) => id === search.categoryId);
  const conditions = settings.conditions.filter(({ id }) => search.condition?.includes(id) === true);
  const attributes = new Map(categories.flatMap((each) => each.attributes.map((one) => [one.key, one] as const)));
  const values = (search.attribute ?? []).map((filter) => {
    const [key = '', value = ''] = filter.split(/:(.*)/s);
    const attribute = attributes.get(key);
    if (attribute === undefined) return `${key}: ${value}`;
    const name = told(nameOfValue(attribute, value));
    return attribute.options === undefined ? `${told(attribute.label)}: ${name}` : name;
  });
  const parts = [
    search.q ?? '',
    category === undefined ? '' : told(category.name),
    conditions.map(({ label }) => told(label)).join(', '),
    ...values,
    search.ratingMin === undefined ? '' : `★ ${search.ratingMin}+`,
    priceOf(search, settings, locale),
    nearOf(search, settings, told),
  ];
  const name = parts.filter((part) => part !== '').join(' · ');
  return (name === '' ? told(settings.name) : name).slice(0, NAME_LENGTH_MAX);
}

/** `Chiang Mai ≤ 25 km`; a place that filters nothing is not told. */
function nearOf(
  { near, withinKm }: SavedQuery,
  { places }: MarketplaceSettings,
  told: (text: LocalizedText) => string,
): string {
  if (near === undefined || withinKm === undefined) return '';
  const name = places.find(({ id }) => id === near)?.name;
  return `${name === undefined ? near : told(name)} ≤ ${withinKm} km`;
}

function priceOf(
  { priceMinorMin: minimum, priceMinorMax: maximum }: SavedQuery,
  { currency }: MarketplaceSettings,
  locale: string,
): string {
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency }, locale);
  if (minimum === undefined) return maximum === undefined ? '' : `≤ ${money(maximum)}`;
  return maximum === undefined ? `≥ ${money(minimum)}` : `${money(minimum)}–${money(maximum)}`;
}
