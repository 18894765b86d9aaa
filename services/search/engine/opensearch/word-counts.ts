/** How long what an index said of its words is believed. */
const KEPT_MS = 10_000;

/** How many listings have a word, and how many there are, as an index said within the last seconds. */
export type WordCounts = { liveCount: number; readonly of: Map<string, number> };

/** Answers what is kept of an index; all of it is forgotten every few seconds. */
export function keepWordCounts(clockMs: () => number = () => performance.now()): (alias: string) => WordCounts {
  let kept = new Map<string, WordCounts>();
  let sinceMs = clockMs();
  return (alias) => {
    if (clockMs() - sinceMs >= KEPT_MS) {
      kept = new Map();
      sinceMs = clockMs();
    }
    let counts = kept.get(alias);
    if (counts === undefined) {
      counts = { liveCount: 0, of: new Map() };
      kept.set(alias, counts);
    }
    return counts;
  };
}
