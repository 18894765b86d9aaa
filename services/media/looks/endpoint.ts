import { z } from 'zod';
import { type PictureModel, PictureRefused } from './model.ts';

export type EndpointSettings = {
  /** Up to `/embeddings`: `http://127.0.0.1:7997`. */
  readonly url: string;
  readonly key: string | undefined;
  readonly model: string;
  readonly version: string;
  readonly dimensions: number;
};

const TIMEOUT_MS = 20_000;
/** Answers that say something of this picture. Of others (a wrong key, no such model) the settings are to blame. */
const OF_PICTURE = new Set([400, 413, 415, 422]);

const Answer = z.object({ data: z.array(z.object({ embedding: z.array(z.number()) })).min(1) });

/**
 * A server that describes pictures, asked in OpenAI's embeddings protocol with the picture as a `data:` address and `modality:
 * image`, as Infinity serves CLIP and its like (https://github.com/michaelfeil/infinity). Errors name the server and its
 * status, never the key or the picture. Whoever asks tries again: no picture is lost by a failure.
 */
export function endpointModel({ url, key, model, version, dimensions }: EndpointSettings): PictureModel {
  // An address may carry a password.
  const { host } = new URL(url);
  return {
    name: model,
    version,
    dimensions,
    async describe(picture) {
      const input = [`data:image/jpeg;base64,${(await picture.encode()).toString('base64')}`];
      const response = await fetch(`${url.replace(/\/$/, '')}/embeddings`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify({ model, input, modality: 'image', encoding_format: 'float' }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((error: Error) => {
        // Without a cause: what `fetch` throws may hold the request.
        throw new Error(`${host} was not reached: ${error.name}.`);
      });
      if (!response.ok) {
        const message = `${host} answered ${response.status} to a request for a picture's embedding.`;
        throw OF_PICTURE.has(response.status) ? new PictureRefused(message) : new Error(message);
      }
      const embedding = Answer.safeParse(await response.json()).data?.data[0]?.embedding;
      if (embedding?.length !== dimensions)
        throw new Error(`${host} answered ${embedding?.length ?? 'no'} numbers for a picture, not ${dimensions}.`);
      return Float32Array.from(embedding);
    },
    async close() {
      // Requests end by themselves.
    },
  };
}
