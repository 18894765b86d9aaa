import type { Location } from '../contract.ts';

/** Parts of a degree that coordinates are shown to. */
const PARTS = 100;

/**
 * A place as anybody may see it: coordinates to a hundredth of a degree, about a kilometer. Many sell from where they
 * live, and phones know that to the meter.
 */
export function roughLocation(location: Location | null): Location | null {
  if (location === null) return null;
  const { latitude, longitude, ...rest } = location;
  return {
    ...rest,
    ...(latitude === undefined ? {} : { latitude: Math.round(latitude * PARTS) / PARTS }),
    ...(longitude === undefined ? {} : { longitude: Math.round(longitude * PARTS) / PARTS }),
  };
}
