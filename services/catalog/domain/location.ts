import { roughDegrees } from '@plaza/kernel';
import type { Location } from '../contract.ts';

/**
 * A place as anybody may see it: coordinates to a hundredth of a degree, about a kilometer. Many sell from where they
 * live, and phones know that to the meter.
 */
export function roughLocation(location: Location | null): Location | null {
  if (location === null) return null;
  const { latitude, longitude, ...rest } = location;
  return {
    ...rest,
    ...(latitude === undefined ? {} : { latitude: roughDegrees(latitude) }),
    ...(longitude === undefined ? {} : { longitude: roughDegrees(longitude) }),
  };
}
