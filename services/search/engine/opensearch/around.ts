import type { Point } from '@plaza/kernel';
import { type Around, distanceKm, NOWHERE_METERS } from '../../domain/distance.ts';
import type { EngineQuery } from '../engine.ts';

/** Where a listing is, as it is written: to be filtered and sorted by, and to be read of the best hits. */
export function spotFields(point: Point | null): object {
  return point === null ? {} : { spot: geoPoint(point), spotText: `${point.latitude},${point.longitude}` };
}

/** Great-circle distances, as the embedded engine measures them. */
export function withinFilter({ around }: Pick<EngineQuery, 'around'>): object[] {
  if (around == null || around.withinKm === null) return [];
  return [{ geo_distance: { distance: `${around.withinKm}km`, distance_type: 'arc', spot: geoPoint(around.point) } }];
}

/** Nearest first; what is nowhere is infinitely far. */
export function nearestFirst(around: Around | null | undefined): object[] {
  if (around == null) return [];
  return [{ _geo_distance: { spot: geoPoint(around.point), order: 'asc', unit: 'm', distance_type: 'arc' } }];
}

/** Meters of a sort value: what is infinite comes as text. */
export function metersIn(value: number | string): number {
  return Math.min(NOWHERE_METERS, Number(value));
}

/** The sort value of meters. */
export function sortValueOf(meters: number): number | string {
  return meters >= NOWHERE_METERS ? 'Infinity' : meters;
}

/** How far the point of a `spotText` is; null where one of the two is unknown. */
export function kmFrom(around: Around | null | undefined, spotText: string | undefined): number | null {
  if (around == null || spotText === undefined) return null;
  const [latitude = 0, longitude = 0] = spotText.split(',').map(Number);
  return distanceKm(around.point, { latitude, longitude });
}

function geoPoint({ latitude, longitude }: Point): { lat: number; lon: number } {
  return { lat: latitude, lon: longitude };
}
