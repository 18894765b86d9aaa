import { empty, type Sql } from '@plaza/runtime';
import type { ListingRecord } from '../domain/listing.ts';

/** A listing as it was (absent: new; then locked by `loadListings`) and as it shall be. */
export type ListingMove = { readonly before: ListingRecord | undefined; readonly after: ListingRecord };

/** What to do where a row stands already. Rows that are all new are inserted without that look, for a fifth less. */
export function unlessAllAreNew(moves: readonly ListingMove[], onConflict: Sql): Sql {
  return moves.every(({ before }) => before === undefined) ? empty : onConflict;
}
