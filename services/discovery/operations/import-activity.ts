import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { invalidInput, isId, uuidFromId } from '@plaza/kernel';
import { type Database, inTransaction } from '@plaza/runtime';
import { parse } from 'csv-parse';
import { type ActivityKind, discoveryContract, type ImportOutcome, PastActivity, ROWS_MAX } from '../contract.ts';
import { type Activity, normalizedQuery, type Person } from '../domain/activity.ts';
import { activityImported } from '../events.ts';
import { findByExternalId, findFacts } from '../store/listing.ts';
import type { Recorder } from './recorder.ts';

type Dependencies = { readonly database: Database; readonly clock: () => Date; readonly recorder: Recorder };
type Mistake = ImportOutcome['mistakes'][number];

/** Mistakes that an answer names. */
const MISTAKES_MAX = 100;

/** A log of elsewhere becomes activity with its own times. Ids follow from the rows, so a row twice counts once. */
export function importActivity({ database, clock, recorder }: Dependencies) {
  /** `firstRow`: the number of the first, as its reader counts. */
  async function bringIn(
    marketplaceId: string,
    rows: readonly PastActivity[],
    firstRow: number,
    keep: (activities: readonly Activity[]) => Promise<number>,
  ): Promise<ImportOutcome> {
    const queries = database.read(marketplaceId);
    const named = [
      ...new Set(rows.flatMap(({ listingId }) => (listingId === undefined ? [] : [uuidFromId(listingId)]))),
    ];
    const foreign = [...new Set(rows.flatMap(({ externalId }) => externalId ?? []))];
    const known = new Set((await findFacts(queries, marketplaceId, named)).map(({ id }) => id));
    const byExternalId = await findByExternalId(queries, marketplaceId, foreign);
    const mistakes: Mistake[] = [];
    const activities: Activity[] = [];
    const nowMs = clock().getTime();
    for (const [index, row] of rows.entries()) {
      const listingId = listingOf(row, known, byExternalId);
      const reason =
        Date.parse(row.time) > nowMs
          ? 'in-the-future'
          : listingId === undefined && row.kind !== 'search'
            ? 'unknown-listing'
            : undefined;
      if (reason === undefined) activities.push(activityOf(marketplaceId, row, listingId ?? null));
      else mistakes.push({ row: firstRow + index, reason });
    }
    const imported = await keep(activities);
    return {
      imported,
      known: activities.length - imported,
      refused: mistakes.length,
      mistakes: mistakes.slice(0, MISTAKES_MAX),
    };
  }

  return {
    importActivity: inTransaction(database, discoveryContract.importActivity, async ({ input, context, tx }) => {
      const outcome = await bringIn(tx.marketplaceId, input.rows, 1, (activities) => recorder.write(tx, activities));
      await tx.announce(activityImported, tx.marketplaceId, { imported: outcome.imported });
      await tx.audit({
        action: 'activity.imported',
        subject: tx.marketplaceId,
        actor: context.actor,
        details: { imported: outcome.imported, refused: outcome.refused },
      });
      return outcome;
    }),

    /** Page by page, so that a file of any length takes the memory of one. */
    async importActivityFile({
      input,
      context: { marketplaceId },
    }: {
      input: { path: string };
      context: { marketplaceId: string };
    }): Promise<ImportOutcome> {
      let outcome: ImportOutcome = { imported: 0, known: 0, refused: 0, mistakes: [] };
      const add = (more: ImportOutcome) => {
        outcome = {
          imported: outcome.imported + more.imported,
          known: outcome.known + more.known,
          refused: outcome.refused + more.refused,
          mistakes: [...outcome.mistakes, ...more.mistakes].slice(0, MISTAKES_MAX),
        };
      };
      let firstRow = 1;
      let page: PastActivity[] = [];
      const write = async () => {
        if (page.length > 0) {
          const rows = page;
          add(
            await database.transaction(marketplaceId, (tx) =>
              bringIn(marketplaceId, rows, firstRow, (activities) => recorder.write(tx, activities)),
            ),
          );
        }
        page = [];
      };
      let row = 0;
      for await (const record of recordsOf(input.path)) {
        row++;
        const parsed = PastActivity.safeParse(record);
        if (parsed.success) {
          if (page.length === 0) firstRow = row;
          page.push(parsed.data);
          if (page.length === ROWS_MAX) await write();
        } else {
          // Those before it keep their numbers: they follow each other.
          await write();
          add({ imported: 0, known: 0, refused: 1, mistakes: [{ row, reason: 'unreadable' }] });
        }
      }
      await write();
      await database.transaction(marketplaceId, (tx) =>
        tx.announce(activityImported, marketplaceId, { imported: outcome.imported }),
      );
      return outcome;
    },
  };
}

/** The person that a log calls so: a member by their id, anybody else by a number that follows from the name. */
export function importedPerson(marketplaceId: string, userId: string): Person {
  if (isId('member', userId)) return { actorId: uuidFromId(userId), actorKind: 'member' };
  return { actorId: uuidOf(`${marketplaceId}\nuser\n${userId}`), actorKind: 'visitor' };
}

function listingOf(
  { listingId, externalId }: PastActivity,
  known: ReadonlySet<string>,
  byExternalId: ReadonlyMap<string, string>,
): string | undefined {
  if (listingId !== undefined) return known.has(uuidFromId(listingId)) ? uuidFromId(listingId) : undefined;
  return externalId === undefined ? undefined : byExternalId.get(externalId);
}

function activityOf(marketplaceId: string, row: PastActivity, listingId: string | null): Activity {
  const { userId, kind, query, time } = row;
  return {
    ...importedPerson(marketplaceId, userId),
    id: uuidOf([marketplaceId, userId, kind, listingId ?? '', query ?? '', Date.parse(time)].join('\n')),
    kind,
    listingId,
    query: query === undefined ? null : normalizedQuery(query),
    resultCount: null,
    position: null,
    occurredMs: Date.parse(time),
  };
}

/** A UUID that follows from a text (version 8, RFC 9562: made by a rule of one's own). */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

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

/** Records of a CSV with a header, or of NDJSON when the file's name says so, with times as seconds, milliseconds, or text. */
async function* recordsOf(path: string): AsyncGenerator<Record<string, unknown>> {
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
