import { decodeCursor, Moment } from '@plaza/kernel';
import { z } from 'zod';

const NumberKeys = z.tuple([z.int(), z.guid()]);
const TimeKeys = z.tuple([Moment, z.guid()]);

/** The sort keys of the last row seen; undefined at the beginning. */
export type After = { readonly key: string | number; readonly id: string } | undefined;

/** Where a list that sorts by (time, id) or (number, id) continues. */
export function afterFrom(cursor: string | undefined, by: 'time' | 'number'): After {
  const keys = decodeCursor(cursor, by === 'time' ? TimeKeys : NumberKeys);
  return keys === undefined ? undefined : { key: keys[0], id: keys[1] };
}
