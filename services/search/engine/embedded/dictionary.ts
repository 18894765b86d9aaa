import { editDistance, mistakesMax, trigramsOf } from '../../domain/spelling.ts';
import { Column } from './columns.ts';

/** Completions looked at for one beginning. */
const EXPANSIONS_MAX = 64;

/** The words of one index, each with its postings: `slot × 256 + impact`, slots rising. */
export class Dictionary {
  readonly #ids = new Map<string, number>();
  readonly #terms: string[] = [];
  readonly #surfaces: string[] = [];
  readonly #postings: Column<Uint32Array<ArrayBuffer>>[] = [];
  /** Term ids in alphabetical order of terms; made anew when words have come since. */
  #sorted: number[] = [];
  /** Term ids by trigram; `#trigramsOf` terms are in it. Made when the first unknown word is asked for. */
  readonly #byTrigram = new Map<string, number[]>();
  #trigramCount = 0;

  get size(): number {
    return this.#terms.length;
  }

  add(term: string, surface: string, slot: number, impact: number): void {
    let id = this.#ids.get(term);
    if (id === undefined) {
      id = this.#terms.length;
      this.#ids.set(term, id);
      this.#terms.push(term);
      this.#surfaces.push(surface);
      this.#postings.push(new Column(new Uint32Array(1)));
    }
    this.postings(id).push(slot * 256 + impact);
  }

  find(term: string): number | undefined {
    return this.#ids.get(term);
  }

  postings(id: number): Column<Uint32Array<ArrayBuffer>> {
    return this.#postings[id] as Column<Uint32Array<ArrayBuffer>>; // ids are made here
  }

  /** How many documents have the word; replaced ones count until the index is made anew. */
  frequency(id: number): number {
    return this.postings(id).length;
  }

  /** The word as people write it. */
  surface(id: number): string {
    return this.#surfaces[id] as string;
  }

  /** Words that begin so, most frequent first. */
  beginningWith(prefix: string): number[] {
    if (this.#sorted.length !== this.#terms.length)
      this.#sorted = Array.from(this.#terms.keys()).sort((a, b) => (this.#term(a) < this.#term(b) ? -1 : 1));
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#term(this.#sorted[middle] as number) < prefix) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let i = low; i < this.#sorted.length && found.length < EXPANSIONS_MAX * 16; i++) {
      const id = this.#sorted[i] as number;
      if (!this.#term(id).startsWith(prefix)) break;
      found.push(id);
    }
    return found.sort((a, b) => this.frequency(b) - this.frequency(a)).slice(0, EXPANSIONS_MAX);
  }

  /** The known word nearest to an unknown one, the more frequent among equals; undefined when none is near enough. */
  nearest(word: string): number | undefined {
    const max = mistakesMax(word);
    if (max === 0) return undefined;
    for (; this.#trigramCount < this.#terms.length; this.#trigramCount++) {
      for (const trigram of new Set(trigramsOf(this.#term(this.#trigramCount)))) {
        const known = this.#byTrigram.get(trigram);
        if (known === undefined) this.#byTrigram.set(trigram, [this.#trigramCount]);
        else known.push(this.#trigramCount);
      }
    }
    const shared = new Map<number, number>();
    for (const trigram of new Set(trigramsOf(word)))
      for (const id of this.#byTrigram.get(trigram) ?? []) shared.set(id, (shared.get(id) ?? 0) + 1);
    let best: number | undefined;
    let bestDistance = max + 1;
    for (const id of shared.keys()) {
      const distance = editDistance(word, this.#term(id), Math.min(max, bestDistance));
      if (distance > max || distance > bestDistance) continue;
      if (distance < bestDistance || best === undefined || this.frequency(id) > this.frequency(best)) best = id;
      bestDistance = distance;
    }
    return best;
  }

  #term(id: number): string {
    return this.#terms[id] as string;
  }
}
