import { COMPLETIONS_MAX, type KnownWord, type Lexicon, shorterBeginning } from '../../domain/lexicon.ts';
import { planQuery, type QueryPlan, type WordRules } from '../../domain/query-plan.ts';
import { editDistance, mistakesMax } from '../../domain/spelling.ts';
import { type Word, wordsOf } from '../../domain/words.ts';
import type { Records } from './records.ts';
import type { WordCounts } from './word-counts.ts';

/** A plan asks for its words, then for what stands for those that are rare or unknown, then for what is known of that. */
const ROUNDS_MAX = 5;
/** Listings whose words are read to complete a beginning, and to tell what people write for a term. */
const SAMPLED_MAX = 5_000;
/** Spellings asked for. */
const SPELLINGS_MAX = 10;
/** How alike they must be at least; which is near enough is decided here. */
const ALIKE_MIN = 0.3;
/**
 * Of a query's words those that so many listings have are not counted each time, nor are so many listings: one more is
 * nothing to them. Whether a word is there at all, or rare, must be heard within a second.
 */
const FREQUENT_MIN = 100;
const MANY_LISTINGS = 10_000;

type Buckets = { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
type Spelling = { readonly term: string; readonly distance: number };
type WordsAnswer = {
  readonly hits: { readonly total: { readonly value: number } };
  readonly aggregations?: { readonly sampled: { readonly words: Buckets } };
  readonly suggest?: Readonly<Record<string, readonly [{ readonly options: readonly { readonly text: string }[] }]>>;
};
/** A search of its own, as counting several things in one walks over all listings; and what its answer says. */
type Question = { readonly body: object; readonly hear: (answer: WordsAnswer) => void };

/**
 * The words of a query, those that tell most first, and how many listings there are. What is not known yet is asked for and
 * the plan made anew.
 */
export async function planFor(
  records: Records,
  text: string,
  rules: WordRules,
): Promise<{ readonly plan: QueryPlan; readonly liveCount: number }> {
  const vocabulary = new Vocabulary(records, new Set(wordsOf(text).map(({ term }) => term)));
  let plan = planQuery(vocabulary, text, rules);
  for (let round = 0; vocabulary.isAsking && round < ROUNDS_MAX; round++) {
    await vocabulary.ask();
    plan = planQuery(vocabulary, text, rules);
  }
  return { plan, liveCount: vocabulary.liveCount };
}

/** Words that what was typed may be the beginning of, most frequent first. */
export async function completionsOf(records: Records, word: Word): Promise<readonly KnownWord[]> {
  const vocabulary = new Vocabulary(records);
  vocabulary.completionsOf(word);
  await vocabulary.ask();
  return vocabulary.completionsOf(word);
}

/** How many listings have each of these words, and how many there are. */
export async function countsOf(records: Records, terms: readonly string[]): Promise<WordCounts> {
  const { wordCounts } = records;
  const vocabulary = new Vocabulary(records);
  for (const term of terms) if (!wordCounts.of.has(term)) vocabulary.frequencyOf(term);
  if (vocabulary.isAsking) await vocabulary.ask();
  return wordCounts;
}

/**
 * What is known of an index's words while a query is planned. What is not known is noted, and `ask` asks for all of it at
 * once; until then words are taken to be frequent, so that nothing stands for them.
 */
class Vocabulary implements Lexicon {
  readonly #records: Records;
  readonly #words: ReadonlySet<string>;
  readonly #counts: WordCounts;
  readonly #frequencies = new Map<string, number>();
  readonly #completions = new Map<string, readonly KnownWord[]>();
  /** What a word may be meant to be. Those of deleted listings are still told, and are not counted. */
  readonly #spellings = new Map<string, readonly Spelling[]>();
  readonly #nearest = new Map<string, (KnownWord & { readonly distance: number }) | undefined>();
  readonly #asked = {
    terms: new Set<string>(),
    typed: new Map<string, string>(),
    misspelt: new Set<string>(),
    spelt: new Set<string>(),
  };

  /** `words`: those that somebody typed, whose spellings are asked for at once if nothing has them. */
  constructor(records: Records, words: ReadonlySet<string> = new Set()) {
    this.#records = records;
    this.#words = words;
    this.#counts = records.wordCounts;
  }

  get liveCount(): number {
    return this.#counts.liveCount;
  }

  get isAsking(): boolean {
    return Object.values(this.#asked).some(({ size }) => size > 0);
  }

  frequencyOf(term: string): number {
    const known = this.#frequencies.get(term);
    if (known !== undefined) return known;
    const kept = this.#counts.of.get(term) ?? 0;
    if (kept >= FREQUENT_MIN) return kept;
    this.#asked.terms.add(term);
    return Number.MAX_SAFE_INTEGER;
  }

  completionsOf({ term, surface }: Word): readonly KnownWord[] {
    const known = this.#completions.get(surface);
    if (known === undefined) this.#asked.typed.set(surface, term);
    return known ?? [];
  }

  nearestTo(word: string): (KnownWord & { readonly distance: number }) | undefined {
    if (mistakesMax(word) > 0 && !this.#nearest.has(word))
      (this.#spellings.has(word) ? this.#asked.spelt : this.#asked.misspelt).add(word);
    return this.#nearest.get(word);
  }

  async ask(): Promise<void> {
    const questions = this.#questions();
    for (const asked of Object.values(this.#asked)) asked.clear();
    const answers = await this.#records.searchAll<WordsAnswer>(questions.map(({ body }) => ({ size: 0, ...body })));
    questions.forEach(({ hear }, i) => {
      hear(answers[i] as WordsAnswer);
    });
  }

  #questions(): Question[] {
    const { terms, typed, misspelt, spelt } = this.#asked;
    const doubted = [...terms].filter((term) => this.#words.has(term) && mistakesMax(term) > 0);
    return [
      ...(this.#counts.liveCount >= MANY_LISTINGS ? [] : [this.#liveCountQuestion()]),
      ...[...terms].map((term) => this.#frequencyQuestion(term)),
      ...[...typed].flatMap(([surface, term]) => this.#completionQuestions(surface, term)),
      ...(misspelt.size + doubted.length === 0 ? [] : [this.#spellingQuestion([...misspelt], doubted)]),
      ...[...spelt].flatMap((word) => this.#nearestQuestions(word)),
    ];
  }

  #liveCountQuestion(): Question {
    return {
      body: { track_total_hits: true, query: { term: { isListed: true } } },
      hear: ({ hits }) => {
        this.#counts.liveCount = hits.total.value;
      },
    };
  }

  #frequencyQuestion(term: string): Question {
    return {
      body: { track_total_hits: true, query: { term: { terms: term } } },
      hear: ({ hits }) => {
        this.#frequencies.set(term, hits.total.value);
        this.#counts.of.set(term, hits.total.value);
      },
    };
  }

  #completionQuestions(surface: string, term: string): Question[] {
    return [
      {
        body: wordsBeginning(term),
        hear: (answer) => this.#completions.set(surface, knownWords(answer)),
      },
      {
        body: wordsBeginning(shorterBeginning(surface) ?? term, surface),
        hear: (answer) => {
          const found = this.#completions.get(surface) ?? [];
          const known = new Set(found.map((each) => each.term));
          this.#completions.set(surface, [...found, ...knownWords(answer).filter((each) => !known.has(each.term))]);
        },
      },
    ];
  }

  #spellingQuestion(misspelt: readonly string[], doubted: readonly string[]): Question {
    const words = [...misspelt, ...doubted];
    const bodyOf = (word: string, i: number) => spellingsOf(word, i < misspelt.length ? 'always' : 'missing');
    return {
      // By number: a word may be one of OpenSearch's own.
      body: { query: { match_none: {} }, suggest: Object.fromEntries(words.map((word, i) => [i, bodyOf(word, i)])) },
      hear: ({ suggest }) => {
        words.forEach((word, i) => {
          const spellings = spellingsNear(word, suggest?.[i]?.[0].options ?? []);
          if (spellings.length > 0) this.#spellings.set(word, spellings);
          else if (i < misspelt.length) this.#nearest.set(word, undefined);
        });
      },
    };
  }

  #nearestQuestions(word: string): Question[] {
    return (this.#spellings.get(word) ?? []).map(({ term, distance }) => ({
      body: wordsBeginning(`${term} `),
      hear: (answer) => {
        const [known] = knownWords(answer);
        const frequency = answer.hits.total.value;
        const best = this.#nearest.get(word);
        const isBetter =
          best === undefined || distance < best.distance || (distance === best.distance && frequency > best.frequency);
        this.#nearest.set(word, known !== undefined && isBetter ? { ...known, frequency, distance } : best);
      },
    }));
  }
}

/** Words whose terms begin so, and that are written so, by how many of the first listings have them. */
function wordsBeginning(prefix: string, written?: string): object {
  const include = written === undefined ? `${escaped(prefix)}.*` : `${escaped(prefix)}[^ ]* ${escaped(written)}.*`;
  const words = { terms: { field: 'words', include, size: 2 * COMPLETIONS_MAX, execution_hint: 'map' } };
  return {
    track_total_hits: true,
    query: { prefix: { words: prefix } },
    aggs: { sampled: { sampler: { shard_size: SAMPLED_MAX }, aggs: { words } } },
  };
}

function spellingsNear(word: string, options: readonly { readonly text: string }[]): Spelling[] {
  const max = mistakesMax(word);
  return options
    .map(({ text }) => ({ term: text, distance: editDistance(word, text, max) }))
    .filter(({ term, distance }) => distance <= max && !/\d/.test(term));
}

/** `missing`: only when no listing, not even a deleted one, has the word as it is. */
function spellingsOf(word: string, mode: 'always' | 'missing'): object {
  const options = { max_edits: mistakesMax(word), prefix_length: 0, min_word_length: 3, size: SPELLINGS_MAX };
  return {
    text: word,
    term: {
      field: 'terms',
      suggest_mode: mode,
      string_distance: 'damerau_levenshtein',
      accuracy: ALIKE_MIN,
      ...options,
    },
  };
}

/** Each term once, by what is written for it most often. */
function knownWords({ aggregations }: WordsAnswer): KnownWord[] {
  const known = new Map<string, KnownWord>();
  for (const { key, doc_count: frequency } of aggregations?.sampled.words.buckets ?? []) {
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
