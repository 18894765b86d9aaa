import { ndcg10 } from '../../services/search/domain/relevance.ts';
import type { Grades, JudgedQuery } from './judged-set.ts';

/** How good an answer is, each from 0 to 1. */
export type Quality = { readonly ndcg10: number; readonly mrr: number; readonly recall50: number };

/**
 * nDCG@10; MRR of the first listing with the
 * highest grade that the query has; recall@50 of listings of any use, over at most 50 of them.
 */
export function qualityOf(answer: readonly string[], grades: ReadonlyMap<string, number>): Quality {
  const best = Math.max(...grades.values());
  const firstAt = answer.findIndex((id) => grades.get(id) === best);
  const found = new Set(answer.slice(0, 50).filter((id) => (grades.get(id) ?? 0) > 0)).size;
  return {
    ndcg10: ndcg10(answer, grades) ?? 0,
    mrr: firstAt === -1 ? 0 : 1 / (firstAt + 1),
    recall50: found / Math.min(50, grades.size),
  };
}

/** Means over queries. */
export function meanQuality(each: readonly Quality[]): Quality {
  const mean = (key: keyof Quality): number => each.reduce((sum, quality) => sum + quality[key], 0) / each.length;
  return { ndcg10: mean('ndcg10'), mrr: mean('mrr'), recall50: mean('recall50') };
}

/** The quality of each answer, in order of the queries. */
export function qualitiesOf(
  queries: readonly JudgedQuery[],
  grades: Grades,
  answers: readonly (readonly string[])[],
): Quality[] {
  return queries.map(({ id }, i) => qualityOf(answers[i] ?? [], grades.get(id) ?? new Map()));
}
