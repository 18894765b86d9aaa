/** A model that turns something into vectors: texts, pictures. */
export type VectorModel = {
  /** As people may read it. No `@`. */
  readonly name: string;
  /** Vectors of different versions are not compared: when it changes, all are made anew. */
  readonly version: string;
  readonly dimensions: number;
  close(): Promise<void>;
};

/** What a model is called where its vectors are kept. */
export function labelOf({ name, version }: Pick<VectorModel, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

/** The model does not take this text or picture; asking again is no use. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';
}

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
