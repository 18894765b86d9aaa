import type { Location } from '@plaza/catalog/contract';
import { invalidInput, type Point, pointIn } from '@plaza/kernel';
import type { MarketplaceSettings, Place } from '@plaza/kernel/marketplace';
import { type Around, distanceKm, roughPoint, toldKm } from './distance.ts';
import { fold } from './words.ts';

/** What stands before names in Thai addresses: province, district, district of Bangkok, and that it is the capital's. */
const BEFORE = /^(?:จังหวัด|จ\.|อำเภอ|อ\.|เขต|เมือง)\s*/;

type Names = {
  readonly byId: ReadonlyMap<string, Place>;
  /** Places by each of their names, folded. */
  readonly byName: ReadonlyMap<string, readonly Place[]>;
};

const known = new WeakMap<MarketplaceSettings, Names>();

/**
 * Where a listing is, to about a kilometer: its own coordinates, else the place that its city names in its region, else the
 * place that stands for its region. Null when nothing is known.
 */
export function pointOf(settings: MarketplaceSettings, location: Location | null): Point | null {
  if (location === null) return null;
  const { latitude, longitude, city, region } = location;
  if (latitude !== undefined && longitude !== undefined) return roughPoint({ latitude, longitude });
  const { byName } = namesOf(settings);
  const found = cityNamed(byName, city, region) ?? regionNamed(byName, region);
  return found === undefined ? null : roughPoint(found);
}

/** What `near` and `withinKm` ask; null without `near`. A mistake is told by its field. */
export function aroundOf(
  settings: MarketplaceSettings,
  { near, withinKm }: { readonly near?: string | undefined; readonly withinKm?: number | undefined },
): Around | null {
  if (near === undefined) {
    if (withinKm !== undefined)
      throw invalidInput([{ pointer: '/withinKm', code: 'filter', detail: 'needs near: a place, or coordinates' }]);
    return null;
  }
  const point = namesOf(settings).byId.get(near) ?? pointIn(near);
  if (point === undefined)
    throw invalidInput([
      {
        pointer: '/near',
        code: 'filter',
        detail: 'must be a place of this marketplace, or coordinates, e.g. 13.75,100.50',
      },
    ]);
  return { point: roughPoint(point), withinKm: withinKm ?? null };
}

/** How far a listing is from where it is searched, as people are told it; null where one of the two is unknown. */
export function kmTo(settings: MarketplaceSettings, around: Around | null, location: Location | null): number | null {
  const point = around === null ? null : pointOf(settings, location);
  return around === null || point === null ? null : toldKm(distanceKm(around.point, point));
}

function cityNamed(byName: Names['byName'], city: string | undefined, region: string | undefined): Place | undefined {
  if (city === undefined) return undefined;
  const places = byName.get(keyOf(city)) ?? [];
  if (region === undefined || keyOf(region) === '') return places[0];
  const wanted = keyOf(region);
  return places.find((place) =>
    (place.region.length === 0 ? namesIn(place) : place.region).map(keyOf).includes(wanted),
  );
}

function regionNamed(byName: Names['byName'], region: string | undefined): Place | undefined {
  return region === undefined ? undefined : byName.get(keyOf(region))?.find((place) => place.region.length === 0);
}

function namesOf(settings: MarketplaceSettings): Names {
  const found = known.get(settings);
  if (found !== undefined) return found;
  const byName = new Map<string, Place[]>();
  for (const place of settings.places)
    for (const key of new Set(namesIn(place).map(keyOf))) byName.set(key, [...(byName.get(key) ?? []), place]);
  const names = { byId: new Map(settings.places.map((place) => [place.id, place])), byName };
  known.set(settings, names);
  return names;
}

function namesIn({ name, otherNames }: Place): string[] {
  return [...Object.values(name), ...otherNames];
}

function keyOf(name: string): string {
  return fold(name.trim()).replace(BEFORE, '').replace(/\s+/g, ' ');
}
