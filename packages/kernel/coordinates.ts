/** A point on the globe, in degrees. */
export type Point = { readonly latitude: number; readonly longitude: number };

/** Parts of a degree that others are told a place by: about a kilometer, so that nobody's door is told. */
export const DEGREE_PARTS = 100;

/** Degrees to a hundredth: of latitude some 1.1 km, of longitude less. */
export function roughDegrees(degrees: number): number {
  return Math.round(degrees * DEGREE_PARTS) / DEGREE_PARTS;
}

/** `13.75,100.50`: latitude and longitude; undefined for what is no point. */
export function pointIn(text: string): Point | undefined {
  const match = /^(-?\d{1,2}(?:\.\d{1,10})?), ?(-?\d{1,3}(?:\.\d{1,10})?)$/.exec(text);
  const [latitude, longitude] = [Number(match?.[1]), Number(match?.[2])];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}
