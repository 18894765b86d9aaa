import { parentPort, workerData } from 'node:worker_threads';

/*
 * The thread that runs an image model, one picture after the other. While it computes nothing else goes on here, which is
 * why it is a thread of its own.
 */

export type OnnxModel = { readonly folder: string; readonly dtype: 'q8' | 'int8' | 'fp32' };
export type OnnxCall = {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
};
export type OnnxAnswer = { readonly id: number; readonly vector?: Float32Array; readonly error?: string };

type Tensor = { readonly dims: readonly number[]; readonly data: Float32Array };
/** What is used of `@huggingface/transformers`, which is not there to take types from. */
type Transformers = {
  readonly env: { allowRemoteModels: boolean };
  readonly RawImage: new (pixels: Uint8Array, width: number, height: number, channels: 3) => object;
  pipeline(
    task: 'image-feature-extraction',
    folder: string,
    options: object,
  ): Promise<(image: object) => Promise<Tensor>>;
};

const { folder, dtype } = workerData as OnnxModel;
const PACKAGE = '@huggingface/transformers';
let loading: ReturnType<typeof load> | undefined;

async function load() {
  const { env, pipeline, RawImage } = (await import(PACKAGE)) as Transformers;
  env.allowRemoteModels = false;
  const extract = await pipeline('image-feature-extraction', folder, { dtype, device: 'cpu', local_files_only: true });
  return { extract, RawImage };
}

/** One vector of the whole: what CLIP and its like answer, or the first token of a vision transformer, which stands for all. */
async function describe({ width, height, pixels }: OnnxCall): Promise<Float32Array> {
  loading ??= load();
  const { extract, RawImage } = await loading;
  const { dims, data } = await extract(new RawImage(pixels, width, height, 3));
  return data.slice(0, dims.at(-1));
}

let last: Promise<unknown> = Promise.resolve();
parentPort?.on('message', (call: OnnxCall) => {
  last = last.then(async () => {
    try {
      parentPort?.postMessage({ id: call.id, vector: await describe(call) } satisfies OnnxAnswer);
    } catch (error) {
      parentPort?.postMessage({ id: call.id, error: `The model in ${folder} failed: ${error}` } satisfies OnnxAnswer);
    }
  });
});
