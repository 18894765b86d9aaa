import { COMPLETIONS_MAX, type KnownWord, type Lexicon, shorterBeginning } from '../../domain/lexicon.ts';
import { planQuery, type QueryPlan, type WordRules } from '../../domain/query-plan.ts';
import { editDistance, mistakesMax } from '../../domain/spelling.ts';
import type { Word } from '../../domain/words.ts';
import type { Records } from './records.ts';

/** A plan asks for its words, then for what stands for those that are rare or unknown, then for the parts of these. */
const ROUNDS_MAX = 5;
/** Listings whose words are read to complete a beginning, and to tell what people write for a term. */
const SAMPLED_MAX = 5_000;
/** Spellings asked for. */
const SPELLINGS_MAX = 10;
/** How alike they must be at least; which is near enough is decided here. */
const ALIKE_MIN = 0.3;

type Buckets = { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
type Words = { readonly doc_count: number; readonly sampled: { readonly words: Buckets } };
type WordsAnswer = {
  readonly hits: { readonly total: { readonly value: number } };
  readonly aggregations?: {
    readonly counts?: { readonly buckets: Readonly<Record<string, { readonly doc_count: number }>> };
  } & Readonly<Record<string, Words>>;
  readonly suggest?: Readonly<Record<string, readonly [{ readonly options: readonly { readonly text: string }[] }]>>;
};

/** The words of a query, those that tell most first. What is not known yet is asked for and the plan made anew. */
export async function planFor(records: Records, text: string, rules: WordRules): Promise<QueryPlan> {
  const vocabulary = new Vocabulary(records);
  let plan = planQuery(vocabulary, text, rules);
  for (let round = 0; vocabulary.isAsking && round < ROUNDS_MAX; round++) {
    await vocabulary.ask();
    plan = planQuery(vocabulary, text, rules);
  }
  return plan;
}

/** Words that what was typed may be the beginning of, most frequent first. */
export async function completionsOf(records: Records, word: Word): Promise<readonly KnownWord[]> {
  const vocabulary = new Vocabulary(records);
  vocabulary.completionsOf(word);
  await vocabulary.ask();
  return vocabulary.completionsOf(word);
}

/** How many listings have each of these words, and how many there are. */
export async function countsOf(
  records: Records,
  terms: readonly string[],
): Promise<{ readonly liveCount: number; readonly counts: ReadonlyMap<string, number> }> {
  const vocabulary = new Vocabulary(records);
  for (const term of terms) vocabulary.frequencyOf(term);
  if (vocabulary.isAsking) await vocabulary.ask();
  return {
    liveCount: vocabulary.liveCount,
    counts: new Map(terms.map((term) => [term, vocabulary.frequencyOf(term)])),
  };
}

/**
 * What is known of an index's words while a query is planned. What is not known is noted, and `ask` asks for all of it at
 * once; until then words are taken to be frequent, so that nothing stands for them.
 */
class Vocabulary implements Lexicon {
  liveCount = 0;
  readonly #records: Records;
  readonly #frequencies = new Map<string, number>();
  readonly #completions = new Map<string, readonly KnownWord[]>();
  readonly #nearest = new Map<string, (KnownWord & { readonly distance: number }) | undefined>();
  readonly #asked = { terms: new Set<string>(), typed: new Map<string, string>(), misspelt: new Set<string>() };

  constructor(records: Records) {
    this.#records = records;
  }

  get isAsking(): boolean {
    const { terms, typed, misspelt } = this.#asked;
    return terms.size + typed.size + misspelt.size > 0;
  }

  frequencyOf(term: string): number {
    const known = this.#frequencies.get(term);
    if (known === undefined) this.#asked.terms.add(term);
    return known ?? Number.MAX_SAFE_INTEGER;
  }

  completionsOf({ term, surface }: Word): readonly KnownWord[] {
    const known = this.#completions.get(surface);
    if (known === undefined) this.#asked.typed.set(surface, term);
    return known ?? [];
  }

  nearestTo(word: string): (KnownWord & { readonly distance: number }) | undefined {
    if (mistakesMax(word) > 0 && !this.#nearest.has(word)) this.#asked.misspelt.add(word);
    return this.#nearest.get(word);
  }

  async ask(): Promise<void> {
    const terms = [...this.#asked.terms];
    const typed = [...this.#asked.typed];
    const misspelt = [...this.#asked.misspelt];
    for (const asked of Object.values(this.#asked)) asked.clear();
    const { hits, aggregations, suggest } = await this.#records.search<WordsAnswer>({
      size: 0,
      track_total_hits: true,
      query: { term: { isListed: true } },
      aggs: {
        ...(terms.length === 0 ? {} : { counts: counting(terms) }),
        ...Object.fromEntries(
          typed.flatMap(([surface, term], i) => [
            [`typed${i}`, wordsBeginning(term)],
            [`shorter${i}`, wordsBeginning(shorterBeginning(surface) ?? term, surface)],
          ]),
        ),
      },
      ...(misspelt.length === 0
        ? {}
        : { suggest: Object.fromEntries(misspelt.map((word, i) => [i, spellingsOf(word)])) }),
    });
    this.liveCount = hits.total.value;
    terms.forEach((term, i) => {
      this.#frequencies.set(term, aggregations?.counts?.buckets[i]?.doc_count ?? 0);
    });
    typed.forEach(([surface], i) => {
      const found = knownWords(aggregations?.[`typed${i}`]);
      const known = new Set(found.map(({ term }) => term));
      const shorter = knownWords(aggregations?.[`shorter${i}`]).filter(({ term }) => !known.has(term));
      this.#completions.set(surface, [...found, ...shorter]);
    });
    const spellings = misspelt.map((_, i) => suggest?.[i]?.[0].options.map(({ text }) => text) ?? []);
    await this.#askNearest(misspelt, spellings);
  }

  /** Which of its spellings a word is meant to be: those of deleted listings are still told, and are not counted. */
  async #askNearest(misspelt: readonly string[], spellings: readonly (readonly string[])[]): Promise<void> {
    const candidates = misspelt.flatMap((word, i) =>
      (spellings[i] as readonly string[]).flatMap((term) => {
        const max = mistakesMax(word);
        const distance = editDistance(word, term, max);
        return distance > max || /\d/.test(term) ? [] : [{ word, term, distance }];
      }),
    );
    for (const word of misspelt) this.#nearest.set(word, undefined);
    if (candidates.length === 0) return;
    const { aggregations } = await this.#records.search<WordsAnswer>({
      size: 0,
      query: { term: { isListed: true } },
      aggs: Object.fromEntries(candidates.map(({ term }, i) => [i, wordsBeginning(`${term} `)])),
    });
    candidates.forEach(({ word, distance }, i) => {
      const frequency = aggregations?.[i]?.doc_count ?? 0;
      const [known] = knownWords(aggregations?.[i]);
      const best = this.#nearest.get(word);
      const isBetter =
        best === undefined || distance < best.distance || (distance === best.distance && frequency > best.frequency);
      if (known !== undefined && isBetter) this.#nearest.set(word, { ...known, frequency, distance });
    });
  }
}

function counting(terms: readonly string[]): object {
  return { filters: { filters: Object.fromEntries(terms.map((term, i) => [i, { term: { terms: term } }])) } };
}

/** Words whose terms begin so, and that are written so, by how many of the first listings have them. */
function wordsBeginning(prefix: string, written?: string): object {
  const include = written === undefined ? `${escaped(prefix)}.*` : `${escaped(prefix)}[^ ]* ${escaped(written)}.*`;
  const words = { terms: { field: 'words', include, size: 2 * COMPLETIONS_MAX, execution_hint: 'map' } };
  return {
    filter: { prefix: { words: prefix } },
    aggs: { sampled: { sampler: { shard_size: SAMPLED_MAX }, aggs: { words } } },
  };
}

function spellingsOf(word: string): object {
  const options = { max_edits: mistakesMax(word), prefix_length: 0, min_word_length: 3, size: SPELLINGS_MAX };
  return {
    text: word,
    term: {
      field: 'terms',
      suggest_mode: 'always',
      string_distance: 'damerau_levenshtein',
      accuracy: ALIKE_MIN,
      ...options,
    },
  };
}

/** Each term once, by what is written for it most often. */
function knownWords(words: Words | undefined): KnownWord[] {
  const known = new Map<string, KnownWord>();
  for (const { key, doc_count: frequency } of words?.sampled.words.buckets ?? []) {
    const [term = '', surface = ''] = key.split(' ');
    const before = known.get(term);
    known.set(
      term,
      before === undefined ? { term, surface, frequency } : { ...before, frequency: before.frequency + frequency },
    );
  }
  return [...known.values()].sort((a, b) => b.frequency - a.frequency).slice(0, COMPLETIONS_MAX);
}

/** Text as Lucene's regular expressions take it literally. */
export function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N} ]/gu, '\\$&');
}
