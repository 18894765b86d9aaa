/** The best grade: exactly what was meant. */
export const GRADE_MAX = 3;

/** What was graded of a query: by listing, from 0 (no use) up. Listings that are not named count as 0. */
export type Grades = ReadonlyMap<string, number>;

/**
 * nDCG@10 with gain 2^grade − 1 and discount log2(rank + 1) (Burges et al. 2005): 1 when nothing could stand better. Null
 * when nothing is of use: no order is better than another.
 */
export function ndcg10(answer: readonly string[], grades: Grades): number | null {
  const gain = (id: string): number => 2 ** (grades.get(id) ?? 0) - 1;
  const discounted = (ids: readonly string[]): number =>
    ids.slice(0, 10).reduce((sum, id, i) => sum + gain(id) / Math.log2(i + 2), 0);
  const ideal = discounted([...grades.keys()].sort((a, b) => gain(b) - gain(a)));
  return ideal === 0 ? null : discounted(answer) / ideal;
}

/** A query as it is judged: `Brass  Lamp` and `brass lamp` are one. */
export function judgedQuery(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
