import { Worker } from 'node:worker_threads';

export type WorkerCall = { readonly id: number; readonly method: string; readonly parameters: readonly unknown[] };
export type WorkerAnswer = { readonly id: number; readonly answer?: unknown; readonly error?: string };

/** Calls to a thread of its own. */
export type WorkerCalls = {
  /** @throws Error with what the thread threw */
  call<Answer>(method: string, ...parameters: unknown[]): Promise<Answer>;
  close(): Promise<void>;
};

/**
 * A thread that starts with its first call, and keeps no process alive that has nothing else to do. A thread that crashed
 * fails the calls it held, says so by `onLost`, and the next call starts another.
 */
export function workerCalls(module: URL, workerData: unknown, onLost: () => void = () => {}): WorkerCalls {
  let worker: Worker | undefined;
  let lastId = 0;
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();

  const start = (): Worker => {
    const started = new Worker(module, { workerData });
    started.unref();
    started.on('message', ({ id, answer, error }: WorkerAnswer) => {
      const call = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
      if (error === undefined) call?.resolve(answer);
      else call?.reject(new Error(error));
    });
    const lose = (error: Error): void => {
      if (worker !== started) return;
      worker = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
      onLost();
    };
    started.on('error', lose);
    started.on('exit', () => lose(new Error('A thread has ended.')));
    return started;
  };

  return {
    call: (method, ...parameters) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        const id = ++lastId;
        waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
        worker.ref();
        worker.postMessage({ id, method, parameters } satisfies WorkerCall);
      }),
    async close() {
      const running = worker;
      worker = undefined;
      await running?.terminate();
      for (const { reject } of waiting.values()) reject(new Error('A thread has ended.'));
      waiting.clear();
    },
  };
}
