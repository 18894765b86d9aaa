import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { PictureModel } from './model.ts';
import type { OnnxAnswer, OnnxCall, OnnxModel } from './onnx-worker.ts';

/** Not a dependency: it weighs half a gigabyte, and only those who name a model need it. */
const ONNX_PACKAGE = '@huggingface/transformers';
/** Model files in order of preference, with what the package calls their numbers: one byte each, or four. */
const FILES = [
  { file: 'onnx/vision_model_quantized.onnx', dtype: 'q8' },
  { file: 'onnx/vision_model.onnx', dtype: 'fp32' },
  { file: 'onnx/model_quantized.onnx', dtype: 'q8' },
  { file: 'onnx/model_int8.onnx', dtype: 'int8' },
  { file: 'onnx/model.onnx', dtype: 'fp32' },
] as const;

/** Where models of different makers say how many numbers they answer. */
const Config = z.object({
  projection_dim: z.int().positive().optional(),
  hidden_size: z.int().positive().optional(),
});

/**
 * An image model in ONNX from a folder as Hugging Face lays it out (`config.json`, `preprocessor_config.json`, `onnx/…`), run in
 * a thread of its own: CLIP, DINOv2 or another vision transformer.
 * @throws Error in one sentence, when folder or package is missing
 */
export async function onnxModel(folder: string): Promise<PictureModel> {
  const found = FILES.find(({ file }) => existsSync(path.join(folder, file)));
  if (found === undefined || !existsSync(path.join(folder, 'config.json')))
    throw new Error(`${folder} has no config.json and onnx/model.onnx or onnx/vision_model.onnx of an image model.`);
  try {
    import.meta.resolve(ONNX_PACKAGE);
  } catch {
    throw new Error(`To run the model in ${folder}, install its runtime first: npm install ${ONNX_PACKAGE}`);
  }
  const config = Config.parse(JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8')));
  const dimensions = config.projection_dim ?? config.hidden_size;
  if (dimensions === undefined) throw new Error(`${folder}/config.json names neither projection_dim nor hidden_size.`);
  const thread = startThread({ folder, dtype: found.dtype });
  return {
    name: path.basename(folder),
    version: await fingerprintOf(path.join(folder, found.file)),
    dimensions,
    describe: ({ raster }) => thread.describe(raster),
    close: () => thread.close(),
  };
}

/** The thread starts with the first picture. A crashed one fails what it held; the next picture starts another. */
function startThread(model: OnnxModel) {
  const waiting = new Map<number, { resolve(vector: Float32Array): void; reject(error: Error): void }>();
  let worker: Worker | undefined;
  let lastId = 0;
  const start = (): Worker => {
    const started = new Worker(new URL('./onnx-worker.ts', import.meta.url), { workerData: model });
    started.unref();
    started.on('message', ({ id, vector, error }: OnnxAnswer) => {
      const call = waiting.get(id);
      waiting.delete(id);
      if (vector === undefined) call?.reject(new Error(error));
      else call?.resolve(vector);
    });
    const fail = (error: Error): void => {
      if (worker === started) worker = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('error', fail);
    started.on('exit', () => fail(new Error(`The model in ${model.folder} has stopped.`)));
    return started;
  };
  return {
    describe: (raster: Omit<OnnxCall, 'id'>) =>
      new Promise<Float32Array>((resolve, reject) => {
        worker ??= start();
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        const { width, height, pixels } = raster;
        worker.postMessage({ id, width, height, pixels } satisfies OnnxCall);
      }),
    async close(): Promise<void> {
      await worker?.terminate();
    },
  };
}

/** Another model under the same name is another version. */
async function fingerprintOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex').slice(0, 12);
}
