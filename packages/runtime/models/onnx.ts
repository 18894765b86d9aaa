import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { threadOf } from '../threads.ts';
import type { OnnxMethods, OnnxSettings } from './onnx-worker.ts';

/** Not a dependency: it weighs half a gigabyte, and only those who name a model need it. */
const ONNX_PACKAGE = '@huggingface/transformers';
/** Model files in order of preference, with what the package calls their numbers: one byte each, or four. */
const FILES = [
  { file: 'model_quantized.onnx', dtype: 'q8' },
  { file: 'model_int8.onnx', dtype: 'int8' },
  { file: 'model.onnx', dtype: 'fp32' },
] as const;

/** Where models of different makers say how many numbers they answer. */
const Config = z.object({
  projection_dim: z.int().positive().optional(),
  hidden_size: z.int().positive().optional(),
});

const KINDS = {
  text: { task: 'feature-extraction', prefixes: [''], named: 'a sentence model' },
  picture: { task: 'image-feature-extraction', prefixes: ['vision_', ''], named: 'an image model' },
} as const;

/**
 * A model in ONNX from a folder as Hugging Face lays it out (`config.json`, `tokenizer.json` or `preprocessor_config.json`,
 * `onnx/…`), run in a thread of its own.
 * @throws Error in one sentence, when folder or package is missing
 */
export async function openOnnxModel(folder: string, kind: keyof typeof KINDS) {
  const { task, prefixes, named } = KINDS[kind];
  const found = prefixes
    .flatMap((prefix) => FILES.map(({ file, dtype }) => ({ file: path.join(folder, 'onnx', prefix + file), dtype })))
    .find(({ file }) => existsSync(file));
  if (found === undefined || !existsSync(path.join(folder, 'config.json')))
    throw new Error(`${folder} has no config.json and onnx/model.onnx or onnx/model_quantized.onnx of ${named}.`);
  try {
    import.meta.resolve(ONNX_PACKAGE);
  } catch {
    throw new Error(`To run the model in ${folder}, install its runtime first: npm install ${ONNX_PACKAGE}`);
  }
  const config = Config.parse(JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8')));
  const dimensions = config.projection_dim ?? config.hidden_size;
  if (dimensions === undefined) throw new Error(`${folder}/config.json names neither projection_dim nor hidden_size.`);
  const settings: OnnxSettings = { folder, dtype: found.dtype, task, pooling: poolingOf(folder) };
  return {
    name: path.basename(folder),
    version: await fingerprintOf(found.file),
    dimensions,
    thread: threadOf<OnnxMethods>(new URL('./onnx-worker.ts', import.meta.url), settings),
  };
}

/** How a sentence model makes one vector of its words', as sentence-transformers notes it; most take the mean. */
function poolingOf(folder: string): OnnxSettings['pooling'] {
  const file = path.join(folder, '1_Pooling', 'config.json');
  if (!existsSync(file)) return 'mean';
  return JSON.parse(readFileSync(file, 'utf8')).pooling_mode_cls_token === true ? 'cls' : 'mean';
}

/** Another model under the same name is another version. */
async function fingerprintOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex').slice(0, 12);
}
