import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { invalidInput } from '@plaza/kernel';
import { parse } from 'csv-parse';
import type { ActivityKind } from '../contract.ts';

/** Column names of common logs, and what they are here. */
const COLUMNS: Readonly<Record<string, string>> = {
  user: 'userId',
  userid: 'userId',
  user_id: 'userId',
  visitorid: 'userId',
  listing: 'listingId',
  listingid: 'listingId',
  listing_id: 'listingId',
  item: 'externalId',
  itemid: 'externalId',
  item_id: 'externalId',
  movieid: 'externalId',
  externalid: 'externalId',
  external_id: 'externalId',
  kind: 'kind',
  event: 'kind',
  query: 'query',
  time: 'time',
  timestamp: 'time',
};

/** What other shops call the same acts. */
const KINDS: Readonly<Record<string, ActivityKind>> = { transaction: 'purchase', addtocart: 'cart', buy: 'purchase' };

/**
 * Records of a log: a CSV with a header, or NDJSON when the file's name says so, with times as seconds, milliseconds, or
 * text. They are named as a row of past activity is, but not checked.
 */
export async function* recordsOf(path: string): AsyncGenerator<Record<string, unknown>> {
  const source = createReadStream(path);
  const isNdjson = /\.(nd|l)?json(l)?$/i.test(path);
  const records = isNdjson
    ? createInterface({ input: source })
    : source.pipe(parse({ columns: true, bom: true, trim: true, relax_column_count: true, max_record_size: 100_000 }));
  try {
    for await (const record of records) {
      if (isNdjson && record.trim() === '') continue;
      yield normalized(isNdjson ? objectOf(record) : record);
    }
  } catch (error) {
    throw invalidInput([{ pointer: '/path', code: 'file', detail: `cannot be read: ${(error as Error).message}` }]);
  }
}

function objectOf(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    // Not JSON: a row without anything in it is refused by its number.
    return {};
  }
}

function normalized(record: Record<string, unknown>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    const key = COLUMNS[name.trim().toLowerCase()];
    if (key !== undefined && value !== '' && value !== null)
      row[key] = key === 'time' ? timeOf(value) : storable(String(value));
  }
  const kind = String(row.kind ?? 'view').toLowerCase();
  return { ...row, kind: KINDS[kind] ?? kind };
}

/** PostgreSQL keeps no text with a zero character in it, or half of a pair of UTF-16. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Seconds and milliseconds since 1970 are told apart by their size: 1e11 seconds are the year 5138. */
function timeOf(value: unknown): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return String(value);
  const date = new Date(number > 1e11 ? number : number * 1000);
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}
