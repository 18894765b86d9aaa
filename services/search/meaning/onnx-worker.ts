import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerAnswer, WorkerCall } from '../worker-calls.ts';

/*
 * The thread that runs a sentence model, one call after the other. Within a call nothing else goes on here, which is why
 * it is a thread of its own.
 */

export type OnnxModel = {
  readonly folder: string;
  readonly dtype: 'q8' | 'int8' | 'fp32';
  readonly pooling: 'mean' | 'cls';
};

/** What is used of `@huggingface/transformers`, which is not there to take types from. */
type Extract = (
  texts: readonly string[],
  options: { readonly pooling: OnnxModel['pooling']; readonly normalize: boolean },
) => Promise<{ readonly dims: readonly number[]; readonly data: Float32Array }>;
type Transformers = {
  readonly env: { allowRemoteModels: boolean };
  pipeline(task: 'feature-extraction', folder: string, options: object): Promise<Extract>;
};

const { folder, dtype, pooling } = workerData as OnnxModel;
const PACKAGE = '@huggingface/transformers';
let loading: Promise<Extract> | undefined;

async function load(): Promise<Extract> {
  const { env, pipeline } = (await import(PACKAGE)) as Transformers;
  env.allowRemoteModels = false;
  return pipeline('feature-extraction', folder, { dtype, device: 'cpu', local_files_only: true });
}

async function embed(texts: readonly string[]): Promise<Float32Array[]> {
  loading ??= load();
  const extract = await loading;
  const { dims, data } = await extract(texts, { pooling, normalize: true });
  const dimensions = dims.at(-1) as number;
  return texts.map((_, i) => data.slice(i * dimensions, (i + 1) * dimensions));
}

let last: Promise<unknown> = Promise.resolve();
parentPort?.on('message', ({ id, parameters: [texts] }: WorkerCall) => {
  last = last.then(async () => {
    try {
      parentPort?.postMessage({ id, answer: await embed(texts as string[]) } satisfies WorkerAnswer);
    } catch (error) {
      parentPort?.postMessage({ id, error: `The model in ${folder} failed: ${error}` } satisfies WorkerAnswer);
    }
  });
});
