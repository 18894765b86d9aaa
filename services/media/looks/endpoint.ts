import { hostOf, type ModelEndpoint, requestEmbeddings } from '@plaza/runtime/models';
import { z } from 'zod';
import type { PictureModel } from './model.ts';

const Answer = z.object({ data: z.array(z.object({ embedding: z.array(z.number()) })).min(1) });

/**
 * A server that describes pictures, asked in OpenAI's embeddings protocol with the picture as a `data:` address and `modality:
 * image`, as Infinity serves CLIP and its like (https://github.com/michaelfeil/infinity). Asked once: whoever asks tries
 * again, and no picture is lost by a failure.
 */
export function endpointModel(endpoint: ModelEndpoint): PictureModel {
  const { model, version, dimensions } = endpoint;
  return {
    name: model,
    version,
    dimensions,
    async describe(picture) {
      const input = [`data:image/jpeg;base64,${(await picture.encode()).toString('base64')}`];
      const answer = Answer.safeParse(await requestEmbeddings(endpoint, { input, modality: 'image' }, 1));
      const embedding = answer.data?.data[0]?.embedding;
      if (embedding?.length !== dimensions)
        throw new Error(
          `${hostOf(endpoint)} answered ${embedding?.length ?? 'no'} numbers for a picture, not ${dimensions}.`,
        );
      return Float32Array.from(embedding);
    },
    async close() {
      // Requests end by themselves.
    },
  };
}
