import { pointIn } from '@plaza/kernel';
import type { BrowseQuery } from './browse-query.ts';

/** A query without a place that is none here, or is no more: who saved or typed it sees results, not a refusal. */
export function withKnownPlace(query: BrowseQuery, places: readonly { readonly id: string }[]): BrowseQuery {
  const { near, withinKm, ...rest } = query;
  if (near === undefined || (!places.some(({ id }) => id === near) && pointIn(near) === undefined)) return rest;
  const isDistance = withinKm !== undefined && /^[1-9]\d{0,2}$/.test(withinKm) && Number(withinKm) <= 500;
  return { ...rest, near, ...(isDistance ? { withinKm } : {}) };
}
