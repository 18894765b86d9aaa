import { decodeCursor } from '@plaza/kernel';

/** Where a list that sorts by (time, id) or (number, id) continues. */
export function afterFrom(cursor: string | undefined): { key: string | number; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [key, id] = decodeCursor(cursor, 2);
  return { key: key ?? '', id: uuidOrNil(id) };
}

/** Where a list that sorts by id continues. */
export function afterIdFrom(cursor: string | undefined): string | undefined {
  return cursor === undefined ? undefined : uuidOrNil(decodeCursor(cursor, 1)[0]);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A cursor that someone altered leads nowhere rather than to an error of the database. */
function uuidOrNil(value: string | number | null | undefined): string {
  return typeof value === 'string' && UUID.test(value) ? value : '00000000-0000-0000-0000-000000000000';
}
