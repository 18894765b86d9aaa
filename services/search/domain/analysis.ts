import type { EngineDocument } from '../engine/engine.ts';
import { type Word, wordsOf } from './words.ts';

/** How much a word counts by where it stands, and how long that text usually is, in words. */
const FIELDS = {
  title: { boost: 2, usualLength: 8 },
  sku: { boost: 3, usualLength: 2 },
  tag: { boost: 1.2, usualLength: 5 },
  category: { boost: 1, usualLength: 4 },
  store: { boost: 1, usualLength: 3 },
  attribute: { boost: 1, usualLength: 6 },
  body: { boost: 1, usualLength: 60 },
} as const;

/** BM25's saturation and length normalization (Robertson and Zaragoza 2009, "BM25 and beyond": BM25F). */
const K1 = 1.2;
const B = 0.6;

/** Words of a title that are remembered in their order. */
export const TITLE_WORDS_MAX = 32;

/** A document's words: each once, with how much the document is about it, 1 to 255; and its title, by places of `terms`. */
export type Analysis = {
  readonly terms: readonly string[];
  readonly surfaces: readonly string[];
  readonly impacts: Uint8Array;
  readonly title: readonly number[];
};

/** Words of names that many documents share, category names above all: cutting Thai and Japanese takes longest. */
const namesKnown = new Map<string, readonly Word[]>();
const NAMES_KNOWN_MAX = 2_000;

function wordsOfName(name: string): readonly Word[] {
  const known = namesKnown.get(name);
  if (known !== undefined) return known;
  const words = wordsOf(name);
  if (namesKnown.size >= NAMES_KNOWN_MAX) namesKnown.clear();
  namesKnown.set(name, words);
  return words;
}

/** Words with their impact: BM25F's term frequency part, worked out once when a document comes in. */
export function analyze(texts: EngineDocument['texts'], storeName: string): Analysis {
  const found = new Map<string, { surface: string; frequency: number; place: number }>();
  const read = (words: readonly Word[], { boost, usualLength }: { boost: number; usualLength: number }): void => {
    const share = boost / (1 - B + (B * words.length) / usualLength);
    for (const { term, surface } of words) {
      const known = found.get(term);
      if (known === undefined) found.set(term, { surface, frequency: share, place: found.size });
      else known.frequency += share;
    }
  };
  const title = wordsOf(texts.title);
  read(title, FIELDS.title);
  for (const sku of texts.skus) read(wordsOf(sku), FIELDS.sku);
  if (texts.tags.length > 0) read(wordsOf(texts.tags.join(' \n ')), FIELDS.tag);
  read(wordsOfName(texts.categoryNames.join(' \n ')), FIELDS.category);
  read(wordsOfName(storeName), FIELDS.store);
  if (texts.attributes.length > 0) read(wordsOf(texts.attributes.join(' \n ')), FIELDS.attribute);
  read(wordsOf(texts.body), FIELDS.body);
  const entries = [...found];
  return {
    terms: entries.map(([term]) => term),
    surfaces: entries.map(([, { surface }]) => surface),
    impacts: Uint8Array.from(entries, ([, { frequency }]) =>
      Math.max(1, Math.round((255 * frequency) / (K1 + frequency))),
    ),
    title: title.slice(0, TITLE_WORDS_MAX).map(({ term }) => found.get(term)?.place as number),
  };
}
