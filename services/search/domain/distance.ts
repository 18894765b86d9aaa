import { type Point, roughDegrees } from '@plaza/kernel';

/** Where it is searched near: `withinKm` null filters nothing, distances are told all the same. */
export type Around = { readonly point: Point; readonly withinKm: number | null };

/** What a listing that is nowhere counts as when the nearest come first. */
export const NOWHERE_METERS = 1e9;

/** Mean radius of the Earth (IUGG, R₁), as OpenSearch has it too. */
const EARTH_KM = 6371.0087714;
const RADIANS = Math.PI / 180;

/** The point as others are told it. */
export function roughPoint({ latitude, longitude }: Point): Point {
  return { latitude: roughDegrees(latitude), longitude: roughDegrees(longitude) };
}

/** Great-circle distance by the haversine formula (R. W. Sinnott, Virtues of the Haversine, Sky and Telescope 68, 1984). */
export function distanceKm(a: Point, b: Point): number {
  const latitudes = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2) ** 2;
  const longitudes = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2) ** 2;
  const chord = latitudes + Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * longitudes;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Kilometers of a sort by distance; null: it is nowhere, or nobody asked where. */
export function distanceFrom(meters: number): number | null {
  return meters >= NOWHERE_METERS ? null : meters / 1000;
}

/** As people are told it: whole kilometers, at least one, for the points are no more exact. */
export function toldKm(km: number): number {
  return Math.max(1, Math.round(km));
}

/** How many degrees of latitude so many kilometers are; a little more, for what rounding takes from it. */
export function degreesUp(km: number): number {
  return km / EARTH_KM / RADIANS + 1e-9;
}

/**
 * Whether a point is within so many kilometers. A box around the circle is asked first: a few comparisons tell most points
 * apart (J. P. Snyder, Map Projections, USGS 1395, 1987: how far east a circle of latitude is touched).
 */
export function withinCircle(center: Point, km: number): (point: Point) => boolean {
  const angle = km / EARTH_KM;
  const up = degreesUp(km);
  const sine = Math.sin(angle) / Math.cos(center.latitude * RADIANS);
  const holdsPole = Math.abs(center.latitude) + up >= 90;
  const aside = holdsPole || !(sine < 1) ? 180 : Math.asin(sine) / RADIANS + 1e-9;
  return (point) => {
    if (Math.abs(point.latitude - center.latitude) > up) return false;
    const apart = Math.abs(point.longitude - center.longitude);
    if (Math.min(apart, 360 - apart) > aside) return false;
    return distanceKm(center, point) <= km;
  };
}
