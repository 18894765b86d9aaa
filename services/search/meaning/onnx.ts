import { openOnnxModel } from '@plaza/runtime/models';
import type { Embeddings, TextRole } from './embeddings.ts';

/** Texts in one call: a query waits for one such call at most. */
const TEXTS_AT_ONCE = 8;

/**
 * A sentence model in ONNX. `prefixes` stand before each text, for models that were trained so.
 * @throws Error in one sentence, when folder or package is missing
 */
export async function onnxEmbeddings(
  folder: string,
  prefixes: Readonly<Record<TextRole, string>> = { listing: '', query: '' },
): Promise<Embeddings> {
  const { thread, ...model } = await openOnnxModel(folder, 'text');
  return {
    ...model,
    isOfMeaning: true,
    async embed(texts, role) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += TEXTS_AT_ONCE) {
        const some = texts.slice(from, from + TEXTS_AT_ONCE).map((text) => prefixes[role] + text);
        vectors.push(...(await thread.call('embedTexts', some)));
      }
      return vectors.map((vector, i) =>
        (texts[i] as string).trim() === '' ? new Float32Array(model.dimensions) : vector,
      );
    },
    close: () => thread.close(),
  };
}
