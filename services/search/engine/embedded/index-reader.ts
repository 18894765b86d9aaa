import { completedTexts } from '../../domain/lexicon.ts';
import type { RankingModel } from '../../domain/ranking/model.ts';
import { wordsOf } from '../../domain/words.ts';
import { type EngineQuery, type EngineResult, type Near, type Suggestions, UNFILTERED } from '../engine.ts';
import type { DocumentReads, RowCard } from './document-reads.ts';
import { KeptCards } from './kept-cards.ts';
import { completionsOf } from './query/lexicon.ts';
import type { PlacedNear } from './query/near.ts';
import { searchSegments } from './query/search.ts';
import { SegmentList, type Step } from './segment/segment-list.ts';

/** Answers kept until the next change; one of 20 cards is some 14 KB. */
const ANSWERS_KEPT_MAX = 500;
/** Cards kept in memory: those asked for last. A card is about 600 bytes. */
const CARDS_KEPT_MAX = 20_000;

/** A row has no card any more: it changed after the segments here were told last. */
export class MissingCard extends Error {}

/** Searches one index, as the steps it took say it is. */
export class IndexReader {
  readonly list = new SegmentList();
  readonly #documents: DocumentReads;
  readonly #model: RankingModel;
  readonly #cards = new KeptCards(CARDS_KEPT_MAX);
  /**
   * What was asked since the last change, the oldest first, with the answer where it was asked again: people ask the same.
   * Answers that nobody asks for again would be moved about by every collection of garbage until they are forgotten.
   */
  readonly #answers = new Map<string, EngineResult | null>();

  /** `model` orders the best hits. */
  constructor(documents: DocumentReads, model: RankingModel) {
    this.#documents = documents;
    this.#model = model;
  }

  take(step: Step): void {
    this.list.take(step);
    if (step.kind === 'grow' || step.kind === 'replace') return;
    this.#cards.forget(step.kind === 'put' ? step.placed.rowId : step.rowId);
    this.#answers.clear();
  }

  search(query: EngineQuery): EngineResult {
    // Asked once by a saved search, and not again by people.
    if (query.only !== undefined) return this.#answer(query);
    const key = JSON.stringify(query);
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = this.#answer(query);
    if (known === undefined && this.#answers.size >= ANSWERS_KEPT_MAX)
      this.#answers.delete(this.#answers.keys().next().value as string);
    this.#answers.set(key, known === undefined ? null : answer);
    return answer;
  }

  suggest(text: string, limit: number): Suggestions {
    const last = wordsOf(text).at(-1);
    if (last === undefined) return { queries: [], cards: [] };
    const { cards } = this.search({ ...UNFILTERED, text, sort: 'relevance', limit });
    const completions = completionsOf(this.list.searched, last);
    return { queries: completedTexts(text, completions, limit), cards };
  }

  cards(listingIds: readonly string[]): string[] {
    return this.#cardsOf(this.#rowsOf(listingIds)).map(({ card }) => card);
  }

  close(): void {
    this.list.close();
    this.#documents.close();
  }

  #answer(query: EngineQuery): EngineResult {
    const pinned = query.sort === 'relevance' ? this.#rowsOf(query.pinned ?? []).slice(0, query.limit - 1) : [];
    const hidden = new Set([...this.#rowsOf(query.hidden ?? []), ...pinned]);
    const first = query.after === null ? pinned : [];
    const limit = query.limit - first.length;
    const { rowIds, lastKeys, total, features, ...result } = searchSegments(this.list, {
      query: { ...query, limit },
      model: this.#model,
      hidden,
      near: this.#placesOf(query.near ?? []),
      only: query.only === undefined ? null : new Set(this.#rowsOf(query.only)),
    });
    const cards = this.#cardsOf([...first, ...rowIds]);
    const last = rowIds.length === 0 ? undefined : cards.at(-1);
    return {
      cards: cards.map(({ card }) => card),
      nextKeys: lastKeys === null || last === undefined ? null : [...lastKeys, last.id],
      total: total + pinned.length,
      ...result,
      ...(query.isExplained === true ? { features: [...first.map(() => null), ...features] } : {}),
    };
  }

  /** Rows of those that can be found. */
  #rowsOf(listingIds: readonly string[]): number[] {
    return listingIds.flatMap((id) => {
      const known = this.#documents.find(id);
      return known?.is_listed === 1 ? known.row_id : [];
    });
  }

  #placesOf(near: readonly Near[]): PlacedNear[] {
    return near.flatMap(({ id, ...rest }) => {
      const [rowId] = this.#rowsOf([id]);
      const place = rowId === undefined ? undefined : this.list.placeOf(rowId);
      return place === undefined ? [] : { ...place, ...rest };
    });
  }

  #cardsOf(rowIds: readonly number[]): RowCard[] {
    const missing: number[] = [];
    const found = rowIds.map((rowId) => {
      const kept = this.#cards.get(rowId);
      if (kept === undefined) missing.push(rowId);
      return kept;
    });
    if (missing.length === 0) return found as RowCard[];
    for (const { rowId, id, card } of this.#documents.cards(missing)) this.#cards.keep(rowId, { id, card });
    return found.map((kept, i) => {
      const card = kept ?? this.#cards.get(rowIds[i]!);
      if (card === undefined) throw new MissingCard(`The search index has no card of row ${rowIds[i]}.`);
      return card;
    });
  }
}
