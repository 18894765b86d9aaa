/** Pixels a side of the gray picture that is transformed. */
export const GRAY_SIDE = 64;
/** Frequencies a direction that are kept: 16 × 16 = 256 bits. */
const FREQUENCIES = 16;

/** A coefficient this near the median, of the mean size of all, may fall on either side of it: its bit is not sure. */
const UNSURE_SHARE = 0.2;

/**
 * A perceptual hash of 256 bits: one for each of the 16 × 16 lowest frequencies of a gray picture of 64 × 64, the mean
 * (frequency 0 of either direction) left out, set where the cosine transform's coefficient is above their median. This is
 * PDQ's construction (Facebook, The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm, 2019, §5), after
 * pHash (C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010). Bits of other pictures differ
 * in half; of the same picture, re-encoded or resized, in a few.
 *
 * Behind the bits are as many that say which of them are sure. Of goods that are as their mirror image, as many are, half the
 * coefficients are nothing but noise: compared with the rest, two copies of one lamp would differ like two lamps.
 *
 * Bit 16 v + u is of the frequencies v + 1 down and u + 1 across. In the mirror the cosines of odd frequencies across change
 * their sign and nothing else, so there the bits of even u are the others.
 */
export function hashOf(gray: Float32Array): Uint8Array {
  const coefficients = lowFrequencies(gray);
  const sorted = coefficients.toSorted();
  const median = (sorted[sorted.length / 2 - 1]! + sorted[sorted.length / 2]!) / 2;
  const unsure = (UNSURE_SHARE * coefficients.reduce((sum, value) => sum + Math.abs(value), 0)) / coefficients.length;
  return Buffer.concat([
    bitsOf(coefficients, (value) => value > median),
    bitsOf(coefficients, (value) => Math.abs(value - median) > unsure),
  ]);
}

/** Row k: cos((2n + 1)(k + 1)π / 128) for n from 0 to 63 (DCT-II, frequencies 1 to 16). */
const COSINES = Array.from({ length: FREQUENCIES }, (_, k) =>
  Float64Array.from({ length: GRAY_SIDE }, (_each, n) => Math.cos(((2 * n + 1) * (k + 1) * Math.PI) / (2 * GRAY_SIDE))),
);

/** Coefficients by vertical, then horizontal frequency, from 1 each. The transform is separable: rows first, then columns. */
function lowFrequencies(gray: Float32Array): Float64Array {
  const across = new Float64Array(GRAY_SIDE * FREQUENCIES);
  for (let y = 0; y < GRAY_SIDE; y++) {
    for (const [k, cosines] of COSINES.entries()) {
      let sum = 0;
      for (let x = 0; x < GRAY_SIDE; x++) sum += cosines[x]! * gray[y * GRAY_SIDE + x]!;
      across[y * FREQUENCIES + k] = sum;
    }
  }
  const made = new Float64Array(FREQUENCIES * FREQUENCIES);
  for (const [v, cosines] of COSINES.entries()) {
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let y = 0; y < GRAY_SIDE; y++) sum += cosines[y]! * across[y * FREQUENCIES + u]!;
      made[v * FREQUENCIES + u] = sum;
    }
  }
  return made;
}

function bitsOf(values: Float64Array, isSet: (value: number) => boolean): Uint8Array {
  const bits = new Uint8Array(values.length / 8);
  for (const [i, value] of values.entries()) if (isSet(value)) bits[i >> 3] = bits[i >> 3]! | (1 << (i & 7));
  return bits;
}
