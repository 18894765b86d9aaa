import { asService, type Client, type Context, idFromUuid, uuidFromId } from '@plaza/kernel';
import type { searchContract } from '@plaza/search/contract';

/** Listings asked for: some are not on sale any more. */
const NEAREST_MAX = 60;

/** By listing, how near its text is to another's: cosines. */
export type Nearest = (listingId: string, context: Context) => Promise<ReadonlyMap<string, number>>;

/** What search knows to be near a listing; nothing while search is away: a row has other candidates. */
export function nearestBySearch(search: Pick<Client<typeof searchContract>, 'listNearest'>): Nearest {
  return async (listingId, context) => {
    try {
      const input = { listingId: idFromUuid('listing', listingId), limit: NEAREST_MAX };
      const { items } = await search.listNearest(input, asService('discovery', context));
      return new Map(items.map((each) => [uuidFromId(each.listingId), each.similarity]));
    } catch {
      return new Map();
    }
  };
}
