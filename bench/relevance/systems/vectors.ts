import { fold } from '../../../services/search/domain/words.ts';
import type { JudgedListing, JudgedQuery } from '../judged-set.ts';
import { DEPTH, type System } from './system.ts';

const DIMENSIONS = 1_024;

/**
 * Vectors without a model: pieces of three to five letters, hashed into 1,024 numbers, compared by cosine. What they find
 * is spelled alike; they know no meaning.
 */
export class HashedVectors implements System {
  readonly name = 'vectors (hashed n-grams)';
  readonly #ids: readonly string[];
  readonly #vectors: readonly Float32Array[];

  constructor(listings: readonly JudgedListing[]) {
    this.#ids = listings.map(({ id }) => id);
    this.#vectors = listings.map(({ title, description }) =>
      vectorOf(`${title} ${title} ${description.slice(0, 400)}`),
    );
  }

  async answer(queries: readonly JudgedQuery[]): Promise<string[][]> {
    return queries.map(({ text }) => this.scored(text, DEPTH).map(([id]) => id));
  }

  /** The best with their cosines. */
  scored(text: string, limit: number): [string, number][] {
    const query = vectorOf(text);
    return this.#vectors
      .map((vector, i): [string, number] => [this.#ids[i] as string, dot(query, vector)])
      .sort((a, b) => b[1] - a[1])
      .slice(0, limit);
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const word of fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []) {
    const marked = `^${word}$`;
    for (let length = 3; length <= 5; length++)
      for (let from = 0; from + length <= marked.length; from++) {
        const hash = hashOf(marked.slice(from, from + length));
        vector[hash % DIMENSIONS] = (vector[hash % DIMENSIONS] as number) + (hash >>> 31 === 0 ? 1 : -1);
      }
  }
  const norm = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / norm);
}

/** FNV-1a. */
function hashOf(piece: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < piece.length; i++) hash = Math.imul(hash ^ piece.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
