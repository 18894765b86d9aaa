import type { Grades, JudgedQuery } from './judged-set.ts';

/** How good an answer is, each from 0 to 1. */
export type Quality = { readonly ndcg10: number; readonly mrr: number; readonly recall50: number };

/**
 * nDCG@10 with gain 2^grade − 1 and discount log2(rank + 1) (Burges et al. 2005); MRR of the first listing with the
 * highest grade that the query has; recall@50 of listings of any use, over at most 50 of them.
 */
export function qualityOf(answer: readonly string[], grades: ReadonlyMap<string, number>): Quality {
  const gain = (id: string): number => 2 ** (grades.get(id) ?? 0) - 1;
  const discounted = (ids: readonly string[]): number =>
    ids.slice(0, 10).reduce((sum, id, i) => sum + gain(id) / Math.log2(i + 2), 0);
  const ideal = [...grades.keys()].sort((a, b) => gain(b) - gain(a));
  const best = Math.max(...grades.values());
  const firstAt = answer.findIndex((id) => grades.get(id) === best);
  const found = new Set(answer.slice(0, 50).filter((id) => (grades.get(id) ?? 0) > 0)).size;
  return {
    ndcg10: discounted(answer) / discounted(ideal),
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
