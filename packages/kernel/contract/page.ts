import { z } from 'zod';
import { invalidInput } from '../errors.ts';
import { Moment } from '../moment.ts';

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

/**
 * The sort keys of a cursor; undefined at the beginning of the list.
 * @throws INVALID_INPUT for text that is no cursor, and for the cursor of a list that is sorted otherwise
 */
export function decodeCursor<Keys extends z.ZodType>(
  cursor: string | undefined,
  keys: Keys,
): z.output<Keys> | undefined {
  if (cursor === undefined) return undefined;
  const found = keys.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (found.success) return found.data;
  throw invalidInput([{ pointer: '/cursor', code: 'cursor', detail: 'must be the nextCursor of a page of this list' }]);
}

/** A list's pages from `cursor` on (null: from its beginning), each asked for when the one before was taken. There is always one. */
export async function* everyPage<Page extends { readonly nextCursor: string | null }>(
  ask: (place: { readonly cursor?: string }) => Promise<Page>,
  cursor: string | null = null,
): AsyncGenerator<Page> {
  let next = cursor;
  do {
    const page = await ask(next === null ? {} : { cursor: next });
    yield page;
    next = page.nextCursor;
  } while (next !== null);
}

const IdKeys = z.tuple([z.guid()]);
const TimeKeys = z.tuple([Moment, z.guid()]);

/** The UUID that a list sorted by id continues behind; null at its beginning. */
export function idOfCursor(cursor: string | undefined): string | null {
  return decodeCursor(cursor, IdKeys)?.[0] ?? null;
}

/** The time (ISO 8601) and UUID that a list sorted by both continues behind; nulls at its beginning. */
export function timeAndIdOfCursor(cursor: string | undefined): [time: string, id: string] | [time: null, id: null] {
  return decodeCursor(cursor, TimeKeys) ?? [null, null];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Cuts `limit + 1` fetched rows to a page: the extra row only tells that there is more. The items are the rows, or what
 * `itemOf` makes of them.
 */
export function pageFrom<Row>(rows: readonly Row[], limit: number, keysOf: KeysOf<Row>): Page<Row>;
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keysOf: KeysOf<Row>,
  itemOf: (row: Row) => Item,
): Page<Item>;
export function pageFrom<Row>(
  rows: readonly Row[],
  limit: number,
  keysOf: KeysOf<Row>,
  itemOf: (row: Row) => unknown = (row) => row,
): Page<unknown> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null,
  };
}

/** What the next page continues behind: enough to tell one row from every other. */
type KeysOf<Row> = (row: Row) => readonly (string | number | null)[];
type Page<Item> = { items: Item[]; nextCursor: string | null };
