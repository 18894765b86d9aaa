import { decodeCursor } from '@plaza/kernel';
import { z } from 'zod';

const Keys = z.tuple([z.int()]);

/** The version that a page of an account's history, newest first, continues below. @throws INVALID_INPUT for any other cursor */
export function versionOfCursor(cursor: string | undefined): number {
  return decodeCursor(cursor, Keys)?.[0] ?? Number.MAX_SAFE_INTEGER;
}
