import { decodeCursor, invalidInput } from '@plaza/kernel';
import { z } from 'zod';

const Keys = z.tuple([z.uuid()]);

/** The UUID that a list sorted by id continues after; null at its beginning. @throws INVALID_INPUT for any other cursor */
export function uuidOfCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const keys = Keys.safeParse(decodeCursor(cursor, 1));
  if (keys.success) return keys.data[0];
  throw invalidInput([{ pointer: '/cursor', code: 'cursor', detail: 'must be the nextCursor of a page of this list' }]);
}

/** The version that a page of an account's history, newest first, continues below. @throws INVALID_INPUT for any other cursor */
export function versionOfCursor(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const [version] = decodeCursor(cursor, 1);
  if (Number.isSafeInteger(version)) return version as number;
  throw invalidInput([{ pointer: '/cursor', code: 'cursor', detail: 'must be the nextCursor of a page of this list' }]);
}
