import { exampleCard } from '@plaza/catalog/contract';
import { idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';

const ListingId = idSchema('listing');

/** What another service asks of what is near. */
export const meaningOperations = {
  listNearest: operation({
    summary: 'Listings whose texts are nearest to that of one, nearest first; none before it has a vector',
    access: 'service',
    input: z.object({ listingId: ListingId, limit: z.int().min(1).max(100).default(50) }),
    output: z.object({
      /** In meaning; or, without a model of meaning, in letters. */
      nearBy: z.enum(['meaning', 'letters']),
      items: z.array(z.object({ listingId: ListingId, similarity: z.number() })),
    }),
    example: {
      input: { listingId: exampleCard.id },
      output: {
        nearBy: 'letters',
        items: [{ listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r8', similarity: 0.62 }],
      },
    },
  }),
};
