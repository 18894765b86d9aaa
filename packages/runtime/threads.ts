import { parentPort, Worker } from 'node:worker_threads';

/** What a thread does for others, by name. Parameters and answers cross as copies. */
type Methods = Readonly<Record<string, (...parameters: never[]) => unknown>>;
type Call = { readonly id: number; readonly method: string; readonly parameters: readonly never[] };
type Answer = { readonly id: number; readonly answer?: unknown; readonly error?: Error };

/** Calls to a thread of its own. */
export type Thread<Served extends Methods> = {
  /** @throws what the thread threw, or Error when it ended meanwhile */
  call<Name extends keyof Served & string>(
    method: Name,
    ...parameters: Parameters<Served[Name]>
  ): Promise<Awaited<ReturnType<Served[Name]>>>;
  readonly isRunning: boolean;
  close(): Promise<void>;
};

/**
 * A thread that starts with its first call, and keeps no process alive that has nothing else to do. A thread that crashed
 * fails the calls it held, says so by `onLost`, and the next call starts another. `module` answers by `answerCalls`.
 */
export function threadOf<Served extends Methods>(
  module: URL,
  workerData: unknown,
  onLost: () => void = () => {},
): Thread<Served> {
  let worker: Worker | undefined;
  let lastId = 0;
  const waiting = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>();

  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(module, { workerData });
    started.unref();
    started.on('message', ({ id, answer, error }: Answer) => {
      const call = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
      if (error === undefined) call?.resolve(answer as never);
      else call?.reject(error);
    });
    const lose = (error: Error): void => {
      if (worker !== started) return;
      worker = undefined;
      fail(error);
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
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, method, parameters } satisfies Call);
      }),
    get isRunning() {
      return worker !== undefined;
    },
    async close() {
      const running = worker;
      worker = undefined;
      await running?.terminate();
      fail(new Error('A thread has ended.'));
    },
  };
}

/** Serves a thread's calls: each begins in its turn, and those that wait for something keep no other waiting. */
export function answerCalls(methods: Methods): void {
  parentPort?.on('message', async ({ id, method, parameters }: Call) => {
    try {
      parentPort?.postMessage({ id, answer: await methods[method]?.(...parameters) } satisfies Answer);
    } catch (error) {
      const told = error instanceof Error ? error : new Error(String(error));
      parentPort?.postMessage({ id, error: told } satisfies Answer);
    }
  });
}
