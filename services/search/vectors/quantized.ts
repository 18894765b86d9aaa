/** A vector's direction, each number in one byte: a quarter of the memory, and cosines that differ by some thousandths. */
export type Quantized = Int8Array;

const GREATEST = 127;

/** Rounds a vector so that its greatest number is 127. Lengths are not kept: cosines do not ask for them. */
export function quantized(vector: Float32Array): Quantized {
  let greatest = 0;
  for (const value of vector) greatest = Math.max(greatest, Math.abs(value));
  // Of nothing, or of what is no number, nothing is near.
  if (!(greatest > 0 && greatest < Number.POSITIVE_INFINITY)) return new Int8Array(vector.length);
  const scale = GREATEST / greatest;
  return Int8Array.from(vector, (value) => Math.round(value * scale));
}

/** Euclidean. */
export function lengthOf(vector: Quantized): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += (vector[i] as number) ** 2;
  return Math.sqrt(sum);
}
