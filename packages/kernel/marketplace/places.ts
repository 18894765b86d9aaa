import { z } from 'zod';
import { LocalizedText } from '../localized.ts';
import { Slug } from './category.ts';

/** A town or district that people look near, and that listings without coordinates are in by its name. */
export const Place = z.strictObject({
  id: Slug,
  name: LocalizedText,
  /** What sellers call it besides, in any language. */
  otherNames: z.array(z.string().min(1).max(60)).max(20).default([]),
  /**
   * What the region it is in is called, in any language: towns of one name are told apart by it. Left out: the place stands
   * for a whole region, and what is sold in a town of it that is no place itself is there.
   */
  region: z.array(z.string().min(1).max(60)).max(10).default([]),
  /** Of its center, in degrees. */
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export type Place = z.output<typeof Place>;

/** `places.yaml`. */
export const PlacesFile = z.strictObject({ places: z.array(Place).min(1).max(500) });

/** A place named twice cannot be chosen. */
export function placeMistakes(places: readonly Place[]): { readonly path: string; readonly detail: string }[] {
  const repeated = places.find(({ id }, i) => places.findIndex((other) => other.id === id) !== i);
  return repeated === undefined
    ? []
    : [{ path: 'places', detail: `must name each id once; "${repeated.id}" is repeated` }];
}
