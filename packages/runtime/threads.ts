import { MessagePort, parentPort, Worker } from 'node:worker_threads';

/** What a thread does for others, by name. Parameters and answers cross as copies; ports among the parameters move. */
type Methods = Readonly<Record<string, (...parameters: never[]) => unknown>>;
type Call = { readonly id: number; readonly method: string; readonly parameters: readonly never[] };
type Answer = { readonly id: number; readonly answer?: unknown; readonly error?: Error };

/** Calls to another thread. */
export type Calls<Served extends Methods> = {
  /** @throws what the thread threw, or Error when it ended meanwhile */
  call<Name extends keyof Served & string>(
    method: Name,
    ...parameters: Parameters<Served[Name]>
  ): Promise<Awaited<ReturnType<Served[Name]>>>;
};

/** Calls to a thread of its own. */
export type Thread<Served extends Methods> = Calls<Served> & {
  /** Calls that are not answered yet. */
  readonly waiting: number;
  close(): Promise<void>;
};

/** Calls under way, by number. */
class OpenCalls {
  #lastId = 0;
  readonly #waiting = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>();

  get count(): number {
    return this.#waiting.size;
  }

  send(to: Pick<MessagePort, 'postMessage'>, method: string, parameters: readonly never[]): Promise<never> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      const moved = parameters.filter((each: unknown) => each instanceof MessagePort);
      to.postMessage({ id, method, parameters } satisfies Call, moved);
    });
  }

  settle({ id, answer, error }: Answer): void {
    const call = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) call?.resolve(answer as never);
    else call?.reject(error);
  }

  fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

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
  const calls = new OpenCalls();

  const start = (): Worker => {
    const started = new Worker(module, { workerData });
    started.unref();
    started.on('message', (answer: Answer) => {
      calls.settle(answer);
      if (calls.count === 0) started.unref();
    });
    const lose = (error: Error): void => {
      if (worker !== started) return;
      worker = undefined;
      calls.fail(error);
      onLost();
    };
    started.on('error', lose);
    started.on('exit', () => lose(new Error('A thread has ended.')));
    return started;
  };

  return {
    call(method, ...parameters) {
      worker ??= start();
      worker.ref();
      return calls.send(worker, method, parameters);
    },
    get waiting() {
      return calls.count;
    },
    async close() {
      const running = worker;
      worker = undefined;
      await running?.terminate();
      calls.fail(new Error('A thread has ended.'));
    },
  };
}

/** Calls to what answers by `answerCalls` at the other end of a port. */
export function callsTo<Served extends Methods>(port: MessagePort): Calls<Served> {
  const calls = new OpenCalls();
  port.on('message', (answer: Answer) => calls.settle(answer));
  return { call: (method, ...parameters) => calls.send(port, method, parameters) };
}

/** Serves a thread's calls: each begins in its turn, and those that wait for something keep no other waiting. */
export function answerCalls(methods: Methods, port: MessagePort | null = parentPort): void {
  port?.on('message', async ({ id, method, parameters }: Call) => {
    try {
      port.postMessage({ id, answer: await methods[method]?.(...parameters) } satisfies Answer);
    } catch (error) {
      const told = error instanceof Error ? error : new Error(String(error));
      port.postMessage({ id, error: told } satisfies Answer);
    }
  });
}
