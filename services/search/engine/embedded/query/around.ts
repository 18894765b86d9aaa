import { type Around, degreesUp, distanceKm, NOWHERE_METERS, withinCircle } from '../../../domain/distance.ts';
import { LATITUDE_STEP, pointAt, spotOf } from '../segment/spots.ts';

/** Whether a spot is within the circle of a query; null: any is. Nowhere is within none. */
export function spotsWithin(around: Around | null | undefined): ((spot: number) => boolean) | null {
  if (around == null || around.withinKm === null) return null;
  const isWithin = withinCircle(around.point, around.withinKm);
  const isThere = remembered((spot) => isWithin(pointAt(spot)));
  // Spots are in order of latitude: two comparisons tell most apart.
  const { latitude } = around.point;
  const up = degreesUp(around.withinKm);
  const first = spotOf({ latitude: Math.max(-90, latitude - up), longitude: -180 }) - LATITUDE_STEP;
  const last = spotOf({ latitude: Math.min(90, latitude + up), longitude: 180 }) + LATITUDE_STEP;
  return (spot) => spot !== 0 && spot >= first && spot <= last && isThere(spot);
}

/** Meters from where it is searched to a spot, whole ones, so that a cursor can name them. */
export function metersFrom(around: Around | null | undefined): (spot: number) => number {
  if (around == null) return () => NOWHERE_METERS;
  return remembered((spot) =>
    spot === 0 ? NOWHERE_METERS : Math.round(distanceKm(around.point, pointAt(spot)) * 1000),
  );
}

/** Many listings are in one town: each spot is worked out once a query. */
function remembered<Value>(work: (spot: number) => Value): (spot: number) => Value {
  const known = new Map<number, Value>();
  return (spot) => {
    let value = known.get(spot);
    if (value === undefined) {
      value = work(spot);
      known.set(spot, value);
    }
    return value;
  };
}
