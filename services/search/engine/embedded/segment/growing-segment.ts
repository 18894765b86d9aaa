import type { Point } from '@plaza/kernel';
import type { Analysis } from '../../../domain/analysis.ts';
import { trigramsOf } from '../../../domain/spelling.ts';
import { Column } from './columns.ts';
import { FactSets } from './fact-sets.ts';
import { ID_NUMBERS, idKey } from './id-key.ts';
import type { Postings } from './postings.ts';
import { keyOf, type Segment, type SegmentColumns } from './segment.ts';
import { SlotStates } from './slot-states.ts';
import { spotOf } from './spots.ts';

/** What a document is in memory besides its words and facts. */
export type Placed = {
  readonly id: string;
  /** Its row in the file, where its card is. */
  readonly rowId: number;
  readonly priceMinor: number;
  readonly publishedMs: number;
  readonly point: Point | null;
  readonly isInStock: boolean;
};

/** The newest documents, in structures that grow: some thousands, until they are written into a file. */
export class GrowingSegment implements Segment {
  readonly name = null;
  readonly sets = new FactSets();
  readonly states = new SlotStates(0, this.sets);
  readonly zones = null;
  readonly factRows = null;
  readonly #rowIds = new Column(new Uint32Array(64));
  readonly #idKeys = new Column(new Uint32Array(64 * ID_NUMBERS));
  readonly #prices = new Column(new Float64Array(64));
  readonly #published = new Column(new Float64Array(64));
  readonly #setOf = new Column(new Uint32Array(64));
  readonly #stores = new Column(new Uint32Array(64));
  readonly #spots = new Column(new Uint32Array(64));
  readonly #titleStarts = new Column(new Uint32Array(64));
  readonly #titleWords = new Column(new Uint32Array(1024));
  readonly #words = new Map<string, number>();
  readonly #terms: string[] = [];
  readonly #surfaces: string[] = [];
  readonly #postings: Column<Uint32Array>[] = [];
  /** Words in order of their keys; made anew when words have come since. */
  #sorted: { readonly key: string; readonly word: number }[] = [];
  /** Words by trigram; the first `#trigramCount` are in it. Made when the first unknown word is asked for. */
  readonly #byTrigram = new Map<string, number[]>();
  #trigramCount = 0;

  get slotCount(): number {
    return this.#rowIds.length;
  }

  get wordCount(): number {
    return this.#terms.length;
  }

  get columns(): SegmentColumns {
    return {
      rowIds: this.#rowIds.raw,
      idKeys: this.#idKeys.raw,
      prices: this.#prices.raw,
      published: this.#published.raw,
      sets: this.#setOf.raw,
      stores: this.#stores.raw,
      spots: this.#spots.raw,
      titleStarts: this.#titleStarts.raw,
      titleWords: this.#titleWords.raw,
    };
  }

  /** Adds a document and answers its slot. `store` is a fact or -1. */
  add(placed: Placed, facts: readonly number[], store: number, { terms, surfaces, impacts, title }: Analysis): number {
    const slot = this.slotCount;
    const set = this.sets.add(facts);
    this.#rowIds.push(placed.rowId);
    for (const number of idKey(placed.id)) this.#idKeys.push(number);
    this.#prices.push(placed.priceMinor);
    this.#published.push(placed.publishedMs);
    this.#setOf.push(set);
    this.#stores.push(store + 1);
    this.#spots.push(spotOf(placed.point));
    const words = terms.map((term, i) => this.#addWord(term, surfaces[i]!, slot * 256 + impacts[i]!));
    if (slot === 0) this.#titleStarts.push(0);
    for (const place of title) this.#titleWords.push(words[place]!);
    this.#titleStarts.push(this.#titleWords.length);
    this.states.revive(slot, set, placed.isInStock);
    return slot;
  }

  find(term: string): number {
    return this.#words.get(term) ?? -1;
  }

  frequency(word: number): number {
    return this.#postings[word]!.length;
  }

  postings(word: number): Postings {
    const { raw, length } = this.#postings[word]!;
    return { kind: 'sparse', length, raw };
  }

  scanPostings(word: number): Postings {
    return this.postings(word);
  }

  term(word: number): string {
    return this.#terms[word]!;
  }

  surface(word: number): string {
    return this.#surfaces[word]!;
  }

  beginningWith(prefix: string, max: number): number[] {
    const sorted = this.inOrder();
    const from = keyOf(prefix);
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as { key: string }).key < from) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let i = low; i < sorted.length && found.length < max; i++) {
      const { key, word } = sorted[i] as { key: string; word: number };
      if (!key.startsWith(from)) break;
      found.push(word);
    }
    return found;
  }

  similarTo(text: string): Set<number> {
    for (; this.#trigramCount < this.#terms.length; this.#trigramCount++) {
      const term = this.term(this.#trigramCount);
      if (/\d/.test(term)) continue;
      for (const trigram of new Set(trigramsOf(term))) {
        const known = this.#byTrigram.get(trigram);
        if (known === undefined) this.#byTrigram.set(trigram, [this.#trigramCount]);
        else known.push(this.#trigramCount);
      }
    }
    return new Set(trigramsOf(text).flatMap((trigram) => this.#byTrigram.get(trigram) ?? []));
  }

  inOrder(): { readonly key: string; readonly word: number }[] {
    if (this.#sorted.length !== this.#terms.length)
      this.#sorted = this.#terms
        .map((term, word) => ({ key: keyOf(term), word }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    return this.#sorted;
  }

  close(): void {
    // Nothing is open; what it holds is forgotten with it.
  }

  #addWord(term: string, surface: string, posting: number): number {
    let word = this.#words.get(term);
    if (word === undefined) {
      word = this.#terms.length;
      this.#words.set(term, word);
      this.#terms.push(term);
      this.#surfaces.push(surface);
      this.#postings.push(new Column(new Uint32Array(1)));
    }
    this.#postings[word]!.push(posting);
    return word;
  }
}
