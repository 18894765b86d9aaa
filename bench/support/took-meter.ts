import { AsyncLocalStorage } from 'node:async_hooks';

/** Adds up what a cluster says its searches took, over all requests of one piece of work. */
export type TookMeter = {
  measure<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly tookMs: number }>;
};

/** Reads `took` of every answer in JSON from now on. */
export function createTookMeter(): TookMeter {
  const within = new AsyncLocalStorage<{ tookMs: number }>();
  const plain = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    const response = await plain(...request);
    const read = response.json.bind(response);
    response.json = async () => {
      const answer = (await read()) as { readonly took?: number };
      const sum = within.getStore();
      if (sum !== undefined) sum.tookMs += answer.took ?? 0;
      return answer;
    };
    return response;
  };
  return {
    async measure(work) {
      const sum = { tookMs: 0 };
      const answer = await within.run(sum, work);
      return { answer, tookMs: sum.tookMs };
    },
  };
}
