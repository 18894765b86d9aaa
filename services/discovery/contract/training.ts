import { operation } from '@plaza/kernel';
import { z } from 'zod';

const Quality = z.number().min(0).max(1);

/** Learning how to order suggestions. */
export const trainingOperations = {
  trainFeed: operation({
    summary: 'Learns from the marketplace’s own log how to order suggestions, and measures it on what came after',
    description:
      'The log is cut by time at three and four fifths: the first part is known, what people went on to in the second is learned from, in the third foretold. Nothing is kept; the caller writes the model to a file.',
    access: 'service',
    input: z.object({}),
    output: z.object({
      eventCount: z.int(),
      /** People whose choices were learned from, and foretold. */
      learnedFrom: z.int(),
      foretold: z.int(),
      /** nDCG@20 of the built-in order and of the learned one on what was foretold; null with too few people. */
      builtIn: Quality.nullable(),
      learned: Quality.nullable(),
      /** JSON as `PLAZA_FEED_MODELS_DIR` takes it; null unless it foretells better than the built-in order. */
      model: z.string().nullable(),
    }),
    example: {
      input: {},
      output: { eventCount: 900, learnedFrom: 12, foretold: 9, builtIn: null, learned: null, model: null },
    },
  }),
};
