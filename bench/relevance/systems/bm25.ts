import type { JudgedListing, JudgedQuery } from '../judged-set.ts';
import { luceneWords } from './analyzer.ts';
import { bodyOf, DEPTH, type System } from './system.ts';

/** What is tuned: saturation, length normalization, and how much heavier the title is. */
export type Bm25Settings = { readonly k1: number; readonly b: number; readonly titleWeight: number };

/** A word's documents with how often each has it in title and body. */
type Postings = { readonly slots: number[]; readonly inTitle: number[]; readonly inBody: number[] };

/**
 * Okapi BM25 as Lucene computes it, any word may match (OR), over title and description as one text in which a word of
 * the title counts `titleWeight` times (BM25F with one normalization: Robertson, Zaragoza and Taylor 2004).
 */
export class Bm25 implements System {
  readonly name: string;
  readonly #ids: readonly string[];
  readonly #postings = new Map<string, Postings>();
  readonly #lengths: { title: number; body: number }[] = [];
  settings: Bm25Settings;

  constructor(listings: readonly JudgedListing[], settings: Bm25Settings, name = 'BM25, tuned') {
    this.name = name;
    this.settings = settings;
    this.#ids = listings.map(({ id }) => id);
    listings.forEach((listing, slot) => {
      const title = luceneWords(listing.title);
      const body = luceneWords(bodyOf(listing));
      this.#lengths.push({ title: title.length, body: body.length });
      const counts = new Map<string, [number, number]>();
      for (const word of title) (counts.get(word) ?? set(counts, word))[0]++;
      for (const word of body) (counts.get(word) ?? set(counts, word))[1]++;
      for (const [word, [inTitle, inBody]] of counts) {
        let postings = this.#postings.get(word);
        if (postings === undefined) {
          postings = { slots: [], inTitle: [], inBody: [] };
          this.#postings.set(word, postings);
        }
        postings.slots.push(slot);
        postings.inTitle.push(inTitle);
        postings.inBody.push(inBody);
      }
    });
  }

  async answer(queries: readonly JudgedQuery[]): Promise<string[][]> {
    return queries.map(({ text }) => this.scored(text, DEPTH).map(([id]) => id));
  }

  /** The best with their scores. */
  scored(text: string, limit: number): [string, number][] {
    const { k1, b, titleWeight } = this.settings;
    const count = this.#ids.length;
    const lengths = this.#lengths.map(({ title, body }) => titleWeight * title + body);
    const average = lengths.reduce((sum, each) => sum + each, 0) / count;
    const scores = new Map<number, number>();
    for (const word of luceneWords(text)) {
      const postings = this.#postings.get(word);
      if (postings === undefined) continue;
      const having = postings.slots.length;
      const rarity = Math.log(1 + (count - having + 0.5) / (having + 0.5));
      postings.slots.forEach((slot, i) => {
        const frequency = titleWeight * (postings.inTitle[i] as number) + (postings.inBody[i] as number);
        const norm = k1 * (1 - b + (b * (lengths[slot] as number)) / average);
        scores.set(slot, (scores.get(slot) ?? 0) + (rarity * frequency * (k1 + 1)) / (frequency + norm));
      });
    }
    return [...scores]
      .sort((one, other) => other[1] - one[1] || one[0] - other[0])
      .slice(0, limit)
      .map(([slot, score]) => [this.#ids[slot] as string, score]);
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}

function set(counts: Map<string, [number, number]>, word: string): [number, number] {
  const made: [number, number] = [0, 0];
  counts.set(word, made);
  return made;
}

/** The grid that is searched. */
export const BM25_GRID: readonly Bm25Settings[] = [0.4, 0.8, 1.2, 1.8, 2.4].flatMap((k1) =>
  [0.1, 0.3, 0.5, 0.75, 0.9].flatMap((b) => [1, 2, 3, 5].map((titleWeight) => ({ k1, b, titleWeight }))),
);
