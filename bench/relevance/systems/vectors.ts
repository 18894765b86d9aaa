import type { Near } from '../../../services/search/engine/engine.ts';
import type { Embeddings } from '../../../services/search/meaning/embeddings.ts';
import { NEAR_MAX, nearOf } from '../../../services/search/meaning/near.ts';
import { textOf } from '../../../services/search/meaning/text.ts';
import { createVectorIndex, type VectorIndex } from '../../../services/search/vectors/vector-index.ts';
import type { JudgedListing, JudgedQuery } from '../judged-set.ts';
import { DEPTH, type System } from './system.ts';

/** Listings embedded between two words on how far it is. */
const TOLD_EACH = 2_000;

/** Vectors alone: Plaza's embeddings and index, by cosine. */
export class Vectors implements System {
  readonly name: string;
  readonly #embeddings: Embeddings;
  readonly #index: VectorIndex;
  readonly #asked = new Map<string, Float32Array>();

  private constructor(embeddings: Embeddings, index: VectorIndex) {
    this.name = `vectors (${embeddings.name})`;
    this.#embeddings = embeddings;
    this.#index = index;
  }

  /** Embeds the listings, and the queries, so that what is put together from these is measured without the model's time. */
  static async of(
    embeddings: Embeddings,
    listings: readonly JudgedListing[],
    queries: readonly JudgedQuery[],
    say: (text: string) => void,
  ): Promise<Vectors> {
    const index = createVectorIndex(embeddings.dimensions);
    const startMs = performance.now();
    for (let from = 0; from < listings.length; from += TOLD_EACH) {
      const some = listings.slice(from, from + TOLD_EACH);
      const texts = some.map(({ title, description }) => textOf({ title, body: description, tags: [] }));
      const vectors = await embeddings.embed(texts, 'listing');
      some.forEach(({ id }, i) => {
        index.put(id, vectors[i] as Float32Array);
      });
      const rate = (from + some.length) / ((performance.now() - startMs) / 1_000);
      say(`${embeddings.name}: ${from + some.length} listings, ${rate.toFixed(0)} a second`);
    }
    const made = new Vectors(embeddings, index);
    const vectors = await embeddings.embed(
      queries.map(({ text }) => text),
      'query',
    );
    queries.forEach(({ text }, i) => {
      made.#asked.set(text, vectors[i] as Float32Array);
    });
    return made;
  }

  async answer(queries: readonly JudgedQuery[]): Promise<string[][]> {
    return queries.map(({ text }) => this.scored(text, DEPTH).map(([id]) => id));
  }

  /** The best with their cosines. */
  scored(text: string, limit: number): [string, number][] {
    const neighbors = this.#index.nearest(this.#asked.get(text) as Float32Array, limit);
    return neighbors.map(({ id, similarity }) => [id, similarity]);
  }

  /** As Plaza's search hears of them. */
  near(text: string): Near[] {
    return nearOf(this.#index.nearest(this.#asked.get(text) as Float32Array, NEAR_MAX));
  }

  async close(): Promise<void> {
    await this.#embeddings.close();
  }
}
