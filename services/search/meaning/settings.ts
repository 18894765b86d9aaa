import path from 'node:path';
import { z } from 'zod';
import type { Embeddings } from './embeddings.ts';
import { endpointEmbeddings } from './endpoint.ts';
import { hashingEmbeddings } from './hashing.ts';
import { onnxEmbeddings } from './onnx.ts';

const Environment = z.object({
  /** Up to `/embeddings`, of a server that speaks OpenAI's protocol. */
  PLAZA_EMBEDDINGS_URL: z.url({ protocol: /^https?$/ }).optional(),
  PLAZA_EMBEDDINGS_KEY: z.string().min(1).optional(),
  /** With an address the model's name there; else the folder of a sentence model in ONNX. */
  PLAZA_EMBEDDINGS_MODEL: z.string().min(1).optional(),
  /** Numbers in a vector of the endpoint's model. */
  PLAZA_EMBEDDINGS_DIMENSIONS: z.coerce.number().int().min(8).max(4_096).default(1_536),
  /** Of the endpoint's model. Another one makes all vectors anew. */
  PLAZA_EMBEDDINGS_VERSION: z.string().min(1).max(40).default('1'),
  /** What stands before a query, and before a listing's text. */
  PLAZA_EMBEDDINGS_QUERY_PREFIX: z.string().default(''),
  PLAZA_EMBEDDINGS_LISTING_PREFIX: z.string().default(''),
});

/**
 * The embeddings that the environment asks for; without any settings those of letters.
 * @throws Error in one sentence, when what is asked for is not there
 */
export async function embeddingsFrom(environment: Readonly<Record<string, string | undefined>>): Promise<Embeddings> {
  const settings = Environment.parse(environment);
  const { PLAZA_EMBEDDINGS_URL: url, PLAZA_EMBEDDINGS_MODEL: model } = settings;
  const prefixes = {
    query: settings.PLAZA_EMBEDDINGS_QUERY_PREFIX,
    listing: settings.PLAZA_EMBEDDINGS_LISTING_PREFIX,
  };
  if (url !== undefined) {
    if (model === undefined)
      throw new Error('PLAZA_EMBEDDINGS_URL needs PLAZA_EMBEDDINGS_MODEL, a model of that server.');
    return endpointEmbeddings({
      url,
      model,
      prefixes,
      key: settings.PLAZA_EMBEDDINGS_KEY,
      dimensions: settings.PLAZA_EMBEDDINGS_DIMENSIONS,
      version: settings.PLAZA_EMBEDDINGS_VERSION,
    });
  }
  return model === undefined ? hashingEmbeddings() : onnxEmbeddings(path.resolve(model), prefixes);
}
