import { fold } from '../domain/words.ts';
import type { Embeddings } from './embeddings.ts';

const DIMENSIONS = 384;
/** Lengths of the pieces that words are cut into. */
const SHORTEST = 3;
const LONGEST = 5;
/** Characters of a text that are read. */
const READ_MAX = 1_000;
/** Texts after which others may have the thread. */
const AT_ONCE = 8;

/**
 * Without a model: pieces of three to five letters of each word, hashed into 384 numbers (the hashing trick with signs:
 * Weinberger et al. 2009). Texts are near that are spelled alike, in any language; nothing of this is meaning.
 */
export function hashingEmbeddings(): Embeddings {
  return {
    name: 'hashed-letters',
    version: '1',
    dimensions: DIMENSIONS,
    isOfMeaning: false,
    async embed(texts) {
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        vectors.push(hashed(text.slice(0, READ_MAX)));
        if (vectors.length % AT_ONCE === 0) await new Promise(setImmediate);
      }
      return vectors;
    },
    async close() {
      // Nothing is open.
    },
  };
}

function hashed(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const word of fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []) {
    const marked = `^${word}$`;
    for (let from = 0; from + SHORTEST <= marked.length; from++) {
      // FNV-1a, told after the third letter and each after it.
      let hash = 0x811c9dc5;
      const end = Math.min(marked.length, from + LONGEST);
      for (let at = from; at < end; at++) {
        hash = Math.imul(hash ^ marked.charCodeAt(at), 0x01000193);
        if (at - from + 1 >= SHORTEST) count(vector, hash);
      }
    }
  }
  return vector;
}

/** FNV's bits are mixed once more: the last letters alone would decide the sign. */
function count(vector: Float32Array, hash: number): void {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  const place = mixed % DIMENSIONS;
  vector[place] = (vector[place] as number) + (mixed >>> 31 === 0 ? 1 : -1);
}
