import { workerData } from 'node:worker_threads';
import { answerCalls } from '../threads.ts';

/*
 * The thread that runs a model, one call after the other. While it computes nothing else goes on here, which is why it is a
 * thread of its own.
 */

export type OnnxSettings = {
  readonly folder: string;
  readonly dtype: 'q8' | 'int8' | 'fp32';
  readonly task: 'feature-extraction' | 'image-feature-extraction';
  /** Of texts. */
  readonly pooling: 'mean' | 'cls';
};
/** Red, green, blue; row by row. */
type Raster = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** What is used of `@huggingface/transformers`, which is not there to take types from. */
type Extract = (
  input: object | readonly string[],
  options?: { readonly pooling: OnnxSettings['pooling']; readonly normalize: boolean },
) => Promise<{ readonly dims: readonly number[]; readonly data: Float32Array }>;
type Transformers = {
  readonly env: { allowRemoteModels: boolean };
  readonly RawImage: new (pixels: Uint8Array, width: number, height: number, channels: 3) => object;
  pipeline(task: OnnxSettings['task'], folder: string, options: object): Promise<Extract>;
};

const { folder, dtype, task, pooling } = workerData as OnnxSettings;
const PACKAGE = '@huggingface/transformers';
let loading: ReturnType<typeof load> | undefined;
let last: Promise<unknown> = Promise.resolve();

async function load() {
  const { env, pipeline, RawImage } = (await import(PACKAGE)) as Transformers;
  env.allowRemoteModels = false;
  const extract = await pipeline(task, folder, { dtype, device: 'cpu', local_files_only: true });
  return { extract, RawImage };
}

/** When those before are done. */
function inTurn<Answer>(work: (model: Awaited<ReturnType<typeof load>>) => Promise<Answer>): Promise<Answer> {
  const answer = last.then(async () => {
    try {
      loading ??= load();
      return await work(await loading);
    } catch (error) {
      throw new Error(`The model in ${folder} failed: ${error}`);
    }
  });
  last = answer.catch(() => {});
  return answer;
}

const methods = {
  /** A vector for each text. */
  embedTexts: (texts: readonly string[]) =>
    inTurn(async ({ extract }) => {
      const { dims, data } = await extract(texts, { pooling, normalize: true });
      const dimensions = dims.at(-1) as number;
      return texts.map((_, i) => data.slice(i * dimensions, (i + 1) * dimensions));
    }),
  /** One vector of the whole: what CLIP and its like answer, or the first token of a vision transformer, which stands for all. */
  embedPicture: ({ width, height, pixels }: Raster) =>
    inTurn(async ({ extract, RawImage }) => {
      const { dims, data } = await extract(new RawImage(pixels, width, height, 3));
      return data.slice(0, dims.at(-1));
    }),
};
export type OnnxMethods = typeof methods;
answerCalls(methods);
