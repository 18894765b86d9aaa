import type { Embeddings } from './embeddings.ts';

/** Vectors of queries kept: people ask the same. */
const KEPT_MAX = 1_000;

/** Vectors of what people search for; what was asked for lately, or is being asked for, is not asked for again. */
export function queryVectors(embeddings: Embeddings): (text: string) => Promise<Float32Array> {
  const kept = new Map<string, Promise<Float32Array>>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const asked = embeddings.embed([text], 'query').then(([vector]) => vector as Float32Array);
    if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value as string);
    kept.set(text, asked);
    asked.catch(() => kept.delete(text));
    return asked;
  };
}
