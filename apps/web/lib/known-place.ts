import type { BrowseQuery } from './browse-query.ts';

const COORDINATES = /^(-?\d{1,2}(?:\.\d{1,10})?),(-?\d{1,3}(?:\.\d{1,10})?)$/;

/** A query without a place that is none here, or is no more: who saved or typed it sees results, not a refusal. */
export function withKnownPlace(query: BrowseQuery, places: readonly { readonly id: string }[]): BrowseQuery {
  const { near, withinKm, ...rest } = query;
  if (near === undefined || (!places.some(({ id }) => id === near) && !areCoordinates(near))) return rest;
  const isDistance = withinKm !== undefined && /^[1-9]\d{0,2}$/.test(withinKm) && Number(withinKm) <= 500;
  return { ...rest, near, ...(isDistance ? { withinKm } : {}) };
}

function areCoordinates(text: string): boolean {
  const [, latitude, longitude] = COORDINATES.exec(text) ?? [];
  return Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180;
}
