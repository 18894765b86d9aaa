import type { Strictness } from '../../domain/match-rule.ts';
import type { QueryPlan } from '../../domain/query-plan.ts';
import { isNearHeard } from '../../domain/ranking/rerank.ts';
import type { EngineQuery, Near } from '../engine.ts';
import { type Hit, idOf } from './best-hits.ts';
import { wordsQuery } from './words-query.ts';

/** What is near a query, as OpenSearch is asked about it. Its vectors are compared elsewhere (decision 0031). */
export class NearHits {
  readonly #near: ReadonlyMap<string, Near>;

  /** Empty when the words are such that nothing near is heard. */
  constructor({ near = [], sort }: EngineQuery, plan: QueryPlan) {
    this.#near = new Map(isNearHeard(plan, sort) ? near.map((each) => [each.id, each]) : []);
  }

  get size(): number {
    return this.#near.size;
  }

  has(hit: Hit): boolean {
    return this.#near.has(idOf(hit));
  }

  similarity(hit: Hit): number {
    return this.#near.get(idOf(hit))?.similarity ?? 0;
  }

  /** Hits by words, or for being near; these score nothing. */
  orNear(words: object): object {
    const ids = [...this.#near.values()].flatMap(({ id, isHit }) => (isHit ? id : []));
    if (ids.length === 0) return words;
    return { bool: { should: [words, { bool: { filter: [{ terms: { id: ids } }] } }] } };
  }

  /** All that are near and hits, whatever place words give them. */
  get filter(): object {
    return { terms: { id: [...this.#near.keys()] } };
  }
}

/** Hits by words, without scores: to be counted apart from those that are only near. */
export function byWords(plan: QueryPlan, strictness: Strictness): object {
  return plan.groups.length === 0 ? { match_all: {} } : wordsQuery(plan, strictness, { isScored: false });
}
