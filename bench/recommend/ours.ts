import { CoOccurrence, type Tuning } from '../../services/discovery/domain/co-occurrence.ts';
import { rankPlainly } from '../../services/discovery/domain/plain-ranking.ts';
import { POPULAR_HALF_LIFE_MS, Popularity } from '../../services/discovery/domain/popularity.ts';
import { chooseTuning, TUNED_MAX } from '../../services/discovery/domain/tuning.ts';
import type { Recommender } from './baselines.ts';
import type { LogEntry } from './log.ts';

const WEIGHTS: Readonly<Record<string, number>> = { purchase: 6, transaction: 6, cart: 4, addtocart: 4, favorite: 3 };
const weightOf = ({ kind }: LogEntry): number => WEIGHTS[kind] ?? 1;

/** Listings of a history that a feed looks at. */
const HISTORY_MAX = 100;

/** As the server finds it, without pauses. */
function tuningFor(log: readonly LogEntry[]): Tuning {
  const newest = log.slice(-TUNED_MAX);
  const choosing = chooseTuning(newest.map((entry) => ({ ...entry, actor: entry.user, weight: weightOf(entry) })));
  for (;;) {
    const { done, value } = choosing.next();
    if (done === true) return value;
  }
}

/** What `GET /feed?explore=off` answers with, learned event by event as the server does. */
export function ours(log: readonly LogEntry[]): Recommender {
  const models = { coOccurrence: new CoOccurrence(tuningFor(log)), popularity: new Popularity(POPULAR_HALF_LIFE_MS) };
  for (const entry of log) {
    models.coOccurrence.learn(entry.user, { item: entry.item, weight: weightOf(entry), atMs: entry.atMs });
    models.popularity.learn(entry.item, 1, entry.atMs);
  }
  return {
    name: 'Plaza',
    suggest(history, limit) {
      const latest = new Map<string, LogEntry>();
      for (const entry of history) {
        latest.delete(entry.item);
        latest.set(entry.item, entry);
      }
      const newestFirst = [...latest.values()].reverse().slice(0, HISTORY_MAX);
      const interactions = newestFirst.map((entry) => ({
        item: entry.item,
        weight: weightOf(entry),
        atMs: entry.atMs,
      }));
      // What was seen longer ago than the feed looks back is not suggested either.
      return rankPlainly(models, interactions, limit + latest.size)
        .map(({ item }) => item)
        .filter((item) => !latest.has(item))
        .slice(0, limit);
    },
  };
}
