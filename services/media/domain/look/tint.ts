import { oklabOf } from './oklab.ts';

/** Cells a side. */
const SIDE = 4;
/** OKLab's color axes end near ±0.32. */
const SCALE = 127 / 0.32;

/**
 * The mean color, without lightness, of each of 4 × 4 cells: OKLab's a and b as signed bytes. A perceptual hash sees gray
 * only, so the same shirt in red and in blue, photographed alike, has one hash and two tints.
 */
export function tintOf(colors: Float32Array): Int8Array {
  const tint = new Int8Array(SIDE * SIDE * 2);
  for (let cell = 0; cell < SIDE * SIDE; cell++) {
    const { a, b } = oklabOf(...(colors.subarray(cell * 3, cell * 3 + 3) as unknown as [number, number, number]));
    tint[cell * 2] = Math.round(a * SCALE);
    tint[cell * 2 + 1] = Math.round(b * SCALE);
  }
  return tint;
}

/** Cells a side of the small picture that `tintOf` takes. */
export const TINT_SIDE = SIDE;
