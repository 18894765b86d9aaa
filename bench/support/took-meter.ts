import { AsyncLocalStorage } from 'node:async_hooks';

/** Adds up what a cluster says its searches took, over all requests of one piece of work. */
export type TookMeter = {
  readonly add: (tookMs: number) => void;
  measure<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly tookMs: number }>;
};

export function createTookMeter(): TookMeter {
  const within = new AsyncLocalStorage<{ tookMs: number }>();
  return {
    add(tookMs) {
      const sum = within.getStore();
      if (sum !== undefined) sum.tookMs += tookMs;
    },
    async measure(work) {
      const sum = { tookMs: 0 };
      const answer = await within.run(sum, work);
      return { answer, tookMs: sum.tookMs };
    },
  };
}
