import { modelPlace } from '@plaza/runtime/models';
import type { Embeddings } from './embeddings.ts';
import { endpointEmbeddings } from './endpoint.ts';
import { hashingEmbeddings } from './hashing.ts';
import { onnxEmbeddings } from './onnx.ts';

/** Of OpenAI's small model. */
const USUAL_DIMENSIONS = 1_536;

/**
 * The embeddings that the environment asks for (`PLAZA_EMBEDDINGS_URL` and its like); without any settings those of letters.
 * @throws Error in one sentence, when what is asked for is not there
 */
export async function embeddingsFrom(environment: Readonly<Record<string, string | undefined>>): Promise<Embeddings> {
  const place = modelPlace(environment, 'PLAZA_EMBEDDINGS', USUAL_DIMENSIONS);
  // What stands before a query, and before a listing's text.
  const prefixes = {
    query: environment.PLAZA_EMBEDDINGS_QUERY_PREFIX ?? '',
    listing: environment.PLAZA_EMBEDDINGS_LISTING_PREFIX ?? '',
  };
  if (place.kind === 'endpoint') return endpointEmbeddings(place.endpoint, prefixes);
  return place.kind === 'folder' ? onnxEmbeddings(place.folder, prefixes) : hashingEmbeddings();
}
