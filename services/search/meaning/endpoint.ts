import { hostOf, type ModelEndpoint, requestEmbeddings } from '@plaza/runtime/models';
import { z } from 'zod';
import type { Embeddings, TextRole } from './embeddings.ts';

const TRIES_MAX = 3;
const TEXTS_AT_ONCE = 64;
/** Some 2,000 tokens: what the smaller models read of a text. */
const TEXT_LENGTH_MAX = 8_000;

const Answer = z.object({ data: z.array(z.object({ index: z.int(), embedding: z.array(z.number()) })) });

/** A server that speaks OpenAI's embeddings protocol, as hosted ones and most that run models at home do. */
export function endpointEmbeddings(
  endpoint: ModelEndpoint,
  prefixes: Readonly<Record<TextRole, string>> = { listing: '', query: '' },
): Embeddings {
  const { model, dimensions, version } = endpoint;
  return {
    name: model,
    version,
    dimensions,
    isOfMeaning: true,
    async embed(texts, role) {
      // Servers refuse texts that say nothing.
      const telling = texts.flatMap((text, place) => (text.trim() === '' ? [] : [{ text, place }]));
      const vectors: Float32Array[] = texts.map(() => new Float32Array(dimensions));
      for (let from = 0; from < telling.length; from += TEXTS_AT_ONCE) {
        const some = telling.slice(from, from + TEXTS_AT_ONCE);
        const input = some.map(({ text }) => (prefixes[role] + text).slice(0, TEXT_LENGTH_MAX));
        const embedded = vectorsOf(endpoint, some.length, await requestEmbeddings(endpoint, { input }, TRIES_MAX));
        some.forEach(({ place }, i) => {
          vectors[place] = embedded[i] as Float32Array;
        });
      }
      return vectors;
    },
    async close() {
      // Requests end by themselves.
    },
  };
}

function vectorsOf(endpoint: ModelEndpoint, count: number, body: unknown): Float32Array[] {
  const { success, data: answer } = Answer.safeParse(body);
  if (!success || answer.data.length !== count)
    throw new Error(`${hostOf(endpoint)} did not answer with ${count} embeddings.`);
  const vectors: Float32Array[] = [];
  for (const { index, embedding } of answer.data) {
    if (embedding.length !== endpoint.dimensions)
      throw new Error(
        `${hostOf(endpoint)} answers ${embedding.length} numbers a text; PLAZA_EMBEDDINGS_DIMENSIONS is ${endpoint.dimensions}.`,
      );
    vectors[index] = Float32Array.from(embedding);
  }
  return vectors;
}
