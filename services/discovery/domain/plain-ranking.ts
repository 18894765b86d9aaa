import type { CoOccurrence, Interaction, Related } from './co-occurrence.ts';
import type { Popularity } from './popularity.ts';

/** What popularity adds to what goes with a history: enough to order what nothing else does. */
const POPULARITY_SHARE = 0.05;

/**
 * Suggestions without anything for show: what goes with a history, and what is popular where nothing does. Used where a
 * feed is asked plainly (`explore=off`), as measurements do; `because` is the listing itself where only popularity speaks.
 */
export function rankPlainly(
  models: { readonly coOccurrence: CoOccurrence; readonly popularity: Popularity },
  history: readonly Interaction[],
  limit: number,
): Related[] {
  const seen = new Set(history.map(({ item }) => item));
  const related = models.coOccurrence.suggestFor(history, limit * 5);
  const best = related[0]?.score ?? 1;
  const popular = models.popularity.top(limit + seen.size);
  const most = Math.log1p(popular[0]?.[1] ?? 1);
  const shareOf = (item: string) => POPULARITY_SHARE * (Math.log1p(models.popularity.of(item)) / most);
  const scores = new Map<string, Related>();
  for (const { item, score, because } of related)
    scores.set(item, { item, score: score / best + shareOf(item), because });
  for (const [item] of popular)
    if (!seen.has(item) && !scores.has(item)) scores.set(item, { item, score: shareOf(item), because: item });
  return [...scores.values()].sort((a, b) => b.score - a.score).slice(0, limit);
}
