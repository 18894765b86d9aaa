import type { Handler } from '@plaza/kernel';
import type { searchContract } from '../contract.ts';
import type { Meaning } from '../meaning/meaning.ts';

/** Listings whose texts are nearest to that of one. */
export function listNearest({
  meaning,
}: {
  readonly meaning: Pick<Meaning, 'isOfMeaning' | 'nearListing'>;
}): Handler<(typeof searchContract)['listNearest']> {
  return async ({ input: { listingId, limit }, context: { marketplaceId } }) => {
    const neighbors = await meaning.nearListing(marketplaceId, listingId, limit);
    return {
      nearBy: meaning.isOfMeaning ? 'meaning' : 'letters',
      items: neighbors.map(({ id, similarity }) => ({ listingId: id, similarity })),
    };
  };
}
