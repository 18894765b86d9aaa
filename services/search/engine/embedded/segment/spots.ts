import { DEGREE_PARTS, type Point } from '@plaza/kernel';

/** From a spot to the same longitude a hundredth of a degree further north. */
export const LATITUDE_STEP = 0x1_0000;

/** A point as one number of 32 bits; 0 is nowhere. */
export function spotOf(point: Point | null): number {
  if (point === null) return 0;
  const latitude = Math.round((point.latitude + 90) * DEGREE_PARTS) + 1;
  return latitude * LATITUDE_STEP + Math.round((point.longitude + 180) * DEGREE_PARTS);
}

/** The point that a number stands for, unless it is nowhere. */
export function pointAt(spot: number): Point {
  const latitude = Math.floor(spot / LATITUDE_STEP);
  return { latitude: (latitude - 1) / DEGREE_PARTS - 90, longitude: (spot % LATITUDE_STEP) / DEGREE_PARTS - 180 };
}
