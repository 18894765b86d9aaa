import { z } from 'zod';
import { invalidInput } from '../errors.ts';

/** Query of every list: at most 100 items, continued by an opaque cursor. Spread into an input: `z.object({ ...PageQuery, … })`. */
export const PageQuery = {
  limit: z.int().min(1).max(100).default(20).meta({ description: 'How many items at most.' }),
  cursor: z
    .string()
    .max(500)
    .optional()
    .meta({ description: 'Continue after this point: `nextCursor` of the page before.' }),
};

/** One page: the items and where to continue; `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** A cursor holds the sort keys of the last item, so that page 1,000 costs what page 1 costs. Opaque to callers. */
export function encodeCursor(keys: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

const Keys = z.array(z.union([z.string(), z.number(), z.null()]));

/** The sort keys of a cursor, or a clear refusal of one that we did not make. `length`: how many keys the list sorts by. */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] {
  try {
    const keys = Keys.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (keys.length === length) return keys;
  } catch {
    // Falls through: text that is not ours is answered like keys that are not ours.
  }
  throw invalidInput([{ pointer: '/cursor', code: 'cursor', detail: 'must be the nextCursor of a page of this list' }]);
}

/** Cuts `limit + 1` fetched rows to a page: the extra row only tells that there is more. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keysOf: (row: Row) => readonly (string | number | null)[],
  itemOf: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null,
  };
}
