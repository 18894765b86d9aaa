import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** One thing a user did with an item. */
export type LogEntry = { readonly user: string; readonly item: string; readonly atMs: number; readonly kind: string };

const NAMES = {
  user: ['user', 'userid', 'user_id', 'visitorid'],
  item: ['item', 'itemid', 'item_id', 'movieid', 'listingid', 'externalid'],
  time: ['time', 'timestamp'],
  kind: ['kind', 'event'],
} as const;

/** Reads a CSV with a header (user, item, time[, kind]; common names of other logs too), oldest first. */
export async function readLog(path: string): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  let columns: Record<keyof typeof NAMES, number> | undefined;
  for await (const row of createReadStream(path).pipe(parse({ bom: true, trim: true, relax_column_count: true }))) {
    const cells = row as string[];
    if (columns === undefined) {
      columns = columnsOf(cells);
      continue;
    }
    const atMs = timeOf(cells[columns.time] ?? '');
    const [user, item] = [cells[columns.user] ?? '', cells[columns.item] ?? ''];
    if (user === '' || item === '' || Number.isNaN(atMs)) continue;
    entries.push({ user, item, atMs, kind: cells[columns.kind] ?? 'view' });
  }
  return entries.sort((a, b) => a.atMs - b.atMs);
}

function columnsOf(header: readonly string[]): Record<keyof typeof NAMES, number> {
  const names = header.map((name) => name.toLowerCase());
  const placeOf = (known: readonly string[]) => names.findIndex((name) => known.includes(name));
  const columns = {
    user: placeOf(NAMES.user),
    item: placeOf(NAMES.item),
    time: placeOf(NAMES.time),
    kind: placeOf(NAMES.kind),
  };
  for (const name of ['user', 'item', 'time'] as const)
    if (columns[name] < 0) throw new Error(`The log has no column ${name}; it has ${header.join(', ')}.`);
  return columns;
}

/** Seconds or milliseconds since 1970, told apart by their size, or any text that is a date. */
function timeOf(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return Date.parse(text);
  return number > 1e11 ? number : number * 1000;
}
