import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { workerCalls } from '../worker-calls.ts';
import type { Embeddings, TextRole } from './embeddings.ts';
import type { OnnxModel } from './onnx-worker.ts';

/** Not a dependency: it weighs half a gigabyte, and only those who name a model need it. */
export const ONNX_PACKAGE = '@huggingface/transformers';
/** Texts in one call: a query waits for one such call at most. */
const TEXTS_AT_ONCE = 8;
/** Model files in order of preference, with what the package calls their numbers: one byte each, or four. */
const FILES = [
  { file: 'onnx/model_quantized.onnx', dtype: 'q8' },
  { file: 'onnx/model_int8.onnx', dtype: 'int8' },
  { file: 'onnx/model.onnx', dtype: 'fp32' },
] as const;

/**
 * A sentence model in ONNX from a folder as Hugging Face lays it out (`config.json`, `tokenizer.json`, `onnx/…`), run in a
 * thread of its own. `prefixes` stand before each text, for models that were trained so.
 * @throws Error in one sentence, when folder or package is missing
 */
export async function onnxEmbeddings(
  folder: string,
  prefixes: Readonly<Record<TextRole, string>> = { listing: '', query: '' },
): Promise<Embeddings> {
  const found = FILES.find(({ file }) => existsSync(path.join(folder, file)));
  if (found === undefined || !existsSync(path.join(folder, 'config.json')))
    throw new Error(
      `${folder} has no config.json and onnx/model.onnx or onnx/model_quantized.onnx of a sentence model.`,
    );
  try {
    import.meta.resolve(ONNX_PACKAGE);
  } catch {
    throw new Error(`To run the model in ${folder}, install its runtime first: npm install ${ONNX_PACKAGE}`);
  }
  const { hidden_size: dimensions } = JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8'));
  if (!Number.isInteger(dimensions)) throw new Error(`${folder}/config.json names no hidden_size.`);
  const model: OnnxModel = { folder, dtype: found.dtype, pooling: poolingOf(folder) };
  const thread = workerCalls(new URL('./onnx-worker.ts', import.meta.url), model);
  return {
    name: path.basename(folder),
    version: await fingerprintOf(path.join(folder, found.file)),
    dimensions,
    isOfMeaning: true,
    async embed(texts, role) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += TEXTS_AT_ONCE) {
        const some = texts.slice(from, from + TEXTS_AT_ONCE).map((text) => prefixes[role] + text);
        vectors.push(...(await thread.call<Float32Array[]>('embed', some)));
      }
      return vectors.map((vector, i) => ((texts[i] as string).trim() === '' ? new Float32Array(dimensions) : vector));
    },
    close: () => thread.close(),
  };
}

/** How the model makes one vector of its words', as sentence-transformers notes it; most take the mean. */
function poolingOf(folder: string): OnnxModel['pooling'] {
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
