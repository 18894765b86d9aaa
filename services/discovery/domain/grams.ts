/** Places of a vector. */
const DIMENSIONS = 512;

/** A text as counts of its three-letter pieces, each at a place that its hash names; of length 1. */
export type Grams = Float32Array;

/**
 * Hashed character n-grams: likeness of letters, not of meaning. Good enough to tell that two titles speak of the same
 * thing where nobody has dealt with either yet; too poor to search by (README).
 */
export function gramsOf(text: string): Grams {
  const letters = ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `;
  const grams = new Float32Array(DIMENSIONS);
  for (let at = 0; at + 3 <= letters.length; at++) {
    // FNV-1a over three UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/).
    let hash = 0x811c9dc5;
    for (let unit = at; unit < at + 3; unit++) hash = Math.imul(hash ^ letters.charCodeAt(unit), 0x01000193);
    const place = (hash >>> 0) % DIMENSIONS;
    grams[place] = grams[place]! + 1;
  }
  const length = Math.hypot(...grams);
  if (length > 0) for (let at = 0; at < DIMENSIONS; at++) grams[at] = grams[at]! / length;
  return grams;
}

/** Cosine: 0 has nothing in common, 1 is the same. */
export function likeness(a: Grams, b: Grams): number {
  let sum = 0;
  for (let at = 0; at < DIMENSIONS; at++) sum += a[at]! * b[at]!;
  return sum;
}
