import type { BrowseQuery } from '../lib/browse-query.ts';
import { formatNumber } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { UseWhereIAm } from './use-where-i-am.tsx';

/** Kilometers to choose among. */
const RADII = ['5', '10', '25', '50', '100', '200'] as const;
const RADIUS_DEFAULT = '25';

/** The fields of a filter form for what is near: a place and a distance, lists that need no script. */
export function NearFilter({
  marketplace,
  lang,
  query: { near, withinKm },
}: {
  readonly marketplace: Pick<Marketplace, 'places'>;
  readonly lang: string;
  readonly query: BrowseQuery;
}) {
  const t = translator(lang);
  const isHere = near !== undefined && marketplace.places.every(({ id }) => id !== near);
  return (
    <fieldset className="mt-3 space-y-2">
      <legend className="sr-only">{t('near.title')}</legend>
      <label className="block text-sm">
        <span className="mb-1 block font-semibold">{t('near.title')}</span>
        <select className="input" name="near" defaultValue={near ?? ''} key={near ?? ''}>
          <option value="">{t('near.anywhere')}</option>
          {isHere && <option value={near}>{t('near.here')}</option>}
          {marketplace.places.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="flex items-center gap-2 text-sm">
        <span className="shrink-0">{t('near.within')}</span>
        <select
          className="input"
          name="withinKm"
          defaultValue={near === undefined ? RADIUS_DEFAULT : (withinKm ?? '')}
          key={`${near} ${withinKm}`}
        >
          {withinKm !== undefined && !RADII.some((each) => each === withinKm) && (
            <option value={withinKm}>{t('near.km', { km: formatNumber(Number(withinKm), lang) })}</option>
          )}
          {RADII.map((km) => (
            <option key={km} value={km}>
              {t('near.km', { km })}
            </option>
          ))}
          <option value="">{t('near.anyDistance')}</option>
        </select>
      </label>
      <UseWhereIAm
        texts={{ use: t('near.use'), hint: t('near.useHint'), unknown: t('near.unknown'), here: t('near.here') }}
      />
    </fieldset>
  );
}

/** What a query is near, in words, and how to take it away; none: it is not. */
export function nearChip(
  { near, withinKm, sort }: BrowseQuery,
  places: Marketplace['places'],
  lang: string,
): { label: string; change: Partial<BrowseQuery> }[] {
  if (near === undefined) return [];
  const t = translator(lang);
  const place = places.find(({ id }) => id === near)?.name ?? t('near.hereInText');
  const label = withinKm === undefined ? t('near.chip', { place }) : t('near.chipWithin', { place, km: withinKm });
  return [{ label, change: { near: '', withinKm: '', ...(sort === 'distance' ? { sort: '' } : {}) } }];
}
