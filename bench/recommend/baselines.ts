import type { LogEntry } from './log.ts';

/** Suggests items to a user by what they did before (oldest first), best first, leaving out what they have seen. */
export type Recommender = { readonly name: string; suggest(history: readonly LogEntry[], limit: number): string[] };

const NEIGHBORS_MAX = 200;

/** What most people dealt with. */
export function popularity(log: readonly LogEntry[]): Recommender {
  const people = new Map<string, Set<string>>();
  for (const { user, item } of log) people.set(item, (people.get(item) ?? new Set()).add(user));
  const ranked = [...people].sort(([, a], [, b]) => b.size - a.size).map(([item]) => item);
  return {
    name: 'popularity',
    suggest(history, limit) {
      const seen = new Set(history.map(({ item }) => item));
      const found: string[] = [];
      for (const item of ranked) {
        if (!seen.has(item)) found.push(item);
        if (found.length === limit) break;
      }
      return found;
    },
  };
}

/**
 * Item-to-item nearest neighbors as the textbook has it (B. Sarwar et al., Item-based collaborative filtering, WWW 2001):
 * the cosine between listings over all people, the 200 nearest, summed over the whole history.
 */
export function itemKnn(log: readonly LogEntry[]): Recommender {
  const histories = new Map<string, Set<string>>();
  for (const { user, item } of log) histories.set(user, (histories.get(user) ?? new Set()).add(item));
  const counts = new Map<string, number>();
  const pairs = new Map<string, Map<string, number>>();
  for (const items of histories.values()) {
    for (const item of items) {
      counts.set(item, (counts.get(item) ?? 0) + 1);
      const row = pairs.get(item) ?? new Map<string, number>();
      pairs.set(item, row);
      for (const other of items) if (other !== item) row.set(other, (row.get(other) ?? 0) + 1);
    }
  }
  const neighbors = new Map(
    [...pairs].map(([item, row]) => [
      item,
      [...row]
        .map(([other, both]) => [other, both / Math.sqrt((counts.get(item) ?? 1) * (counts.get(other) ?? 1))] as const)
        .sort(([, a], [, b]) => b - a)
        .slice(0, NEIGHBORS_MAX),
    ]),
  );
  return {
    name: 'item-kNN',
    suggest(history, limit) {
      const seen = new Set(history.map(({ item }) => item));
      const scores = new Map<string, number>();
      for (const item of seen)
        for (const [other, similarity] of neighbors.get(item) ?? [])
          if (!seen.has(other)) scores.set(other, (scores.get(other) ?? 0) + similarity);
      return [...scores]
        .sort(([, a], [, b]) => b - a)
        .slice(0, limit)
        .map(([item]) => item);
    },
  };
}
