import type { Recommender } from './baselines.ts';
import type { LogEntry } from './log.ts';

export type Measures = {
  readonly name: string;
  readonly recall: number;
  readonly ndcg: number;
  /** Share of the items of the past that anybody was suggested. */
  readonly coverage: number;
  readonly users: number;
};

/** Suggestions that are looked at. */
const AT = 20;

export type Split = { readonly past: readonly LogEntry[]; readonly future: readonly LogEntry[] };

/** The log cut by time: what came before is known, what comes after is to be foretold. */
export function splitByTime(log: readonly LogEntry[], share = 0.8): Split {
  const cut = Math.floor(log.length * share);
  return { past: log.slice(0, cut), future: log.slice(cut) };
}

/**
 * Of each user who is in both parts: the items they went on to that they had not seen, as far as the past knows those items,
 * against the first 20 suggestions. Recall is of at most 20; nDCG has binary gains.
 */
export function measure(recommender: Recommender, { past, future }: Split): Measures {
  const histories = Map.groupBy(past, ({ user }) => user);
  const known = new Set(past.map(({ item }) => item));
  const suggested = new Set<string>();
  let [users, recall, ndcg] = [0, 0, 0];
  for (const [user, entries] of Map.groupBy(future, (entry) => entry.user)) {
    const history = histories.get(user);
    if (history === undefined) continue;
    const seen = new Set(history.map(({ item }) => item));
    const wanted = new Set(entries.map(({ item }) => item).filter((item) => known.has(item) && !seen.has(item)));
    if (wanted.size === 0) continue;
    const list = recommender.suggest(history, AT);
    for (const item of list) suggested.add(item);
    const gains = list.map((item) => (wanted.has(item) ? 1 : 0) as number);
    const ideal = Math.min(wanted.size, AT);
    users++;
    recall += gains.reduce((sum, gain) => sum + gain, 0) / ideal;
    ndcg += discounted(gains) / discounted(new Array<number>(ideal).fill(1));
  }
  return {
    name: recommender.name,
    recall: recall / users,
    ndcg: ndcg / users,
    coverage: suggested.size / known.size,
    users,
  };
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);
}
