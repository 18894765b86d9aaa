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
  const codes = new Int8Array(vector.length);
  let greatest = 0;
  // By index: an iterator, or `Int8Array.from` with a function, takes ten times as long, and every listing comes through here.
  for (let i = 0; i < vector.length; i++) greatest = Math.max(greatest, Math.abs(vector[i] as number));
  // Of nothing, or of what is no number, nothing is near.
  if (!(greatest > 0 && greatest < Number.POSITIVE_INFINITY)) return codes;
  const scale = GREATEST / greatest;
  for (let i = 0; i < codes.length; i++) codes[i] = Math.round((vector[i] as number) * scale);
  return codes;
}
