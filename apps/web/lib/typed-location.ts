import type { Location } from '@plaza/catalog/contract';

const TYPED = ['city', 'region', 'countryCode'] as const;

/**
 * The place that was typed into a form. Coordinates, which come by API or import and no form shows, stay while the place that they
 * are of does.
 */
export function typedLocation(form: FormData, known: Location | null): Location {
  const typed = Object.fromEntries(
    TYPED.map((name) => [name, String(form.get(`location.${name}`) ?? '').trim()] as const).filter(
      ([, value]) => value !== '',
    ),
  ) as Location;
  const { latitude, longitude } = known ?? {};
  const isSamePlace = TYPED.every((name) => (typed[name] ?? '') === (known?.[name] ?? ''));
  return isSamePlace && latitude !== undefined && longitude !== undefined ? { ...typed, latitude, longitude } : typed;
}
