import { type Handlers, uuidFromId } from '@plaza/kernel';
import { type Database, inTransaction, type Queries, type Transaction } from '@plaza/runtime';
import { discoveryContract, type ImportOutcome, PastActivity, ROWS_MAX } from '../contract.ts';
import type { Activity } from '../domain/activity.ts';
import { type NamedListings, pastActivity } from '../domain/past-activity.ts';
import { activityImported } from '../events.ts';
import { findByExternalId, findFacts } from '../store/listing.ts';
import { recordsOf } from './activity-file.ts';
import type { Recorder } from './recorder.ts';

type Dependencies = { readonly database: Database; readonly clock: () => Date; readonly recorder: Recorder };
type Imports = Pick<Handlers<typeof discoveryContract>, 'importActivity' | 'importActivityFile'>;

/** A row of a log by its number, the first being 1; undefined: it cannot be read. */
type Row = readonly [number: number, row: PastActivity | undefined];

/** Mistakes that an answer names. */
const MISTAKES_MAX = 100;

/** A log of elsewhere becomes activity with its own times; a row twice counts once. */
export function importActivity(dependencies: Dependencies): Imports {
  const { database } = dependencies;
  return {
    importActivity: inTransaction(database, discoveryContract.importActivity, async ({ input, context, tx }) => {
      const rows = input.rows.map((row, index): Row => [index + 1, row]);
      const outcome = await bringIn(dependencies, tx, rows);
      await tx.announce(activityImported, tx.marketplaceId, { imported: outcome.imported });
      await tx.audit({
        action: 'activity.imported',
        subject: tx.marketplaceId,
        actor: context.actor,
        details: { imported: outcome.imported, refused: outcome.refused },
      });
      return outcome;
    }),

    async importActivityFile({ input, context: { marketplaceId } }) {
      let outcome: ImportOutcome = { imported: 0, known: 0, refused: 0, mistakes: [] };
      for await (const rows of pagesOf(input.path)) {
        const more = await database.transaction(marketplaceId, (tx) => bringIn(dependencies, tx, rows));
        outcome = {
          imported: outcome.imported + more.imported,
          known: outcome.known + more.known,
          refused: outcome.refused + more.refused,
          mistakes: [...outcome.mistakes, ...more.mistakes].slice(0, MISTAKES_MAX),
        };
      }
      const { imported } = outcome;
      await database.transaction(marketplaceId, (tx) => tx.announce(activityImported, marketplaceId, { imported }));
      return outcome;
    },
  };
}

/** Rows of a file page by page, so that a file of any length takes the memory of one. */
async function* pagesOf(path: string): AsyncGenerator<Row[]> {
  let number = 0;
  let page: Row[] = [];
  for await (const record of recordsOf(path)) {
    number++;
    page.push([number, PastActivity.safeParse(record).data]);
    if (page.length < ROWS_MAX) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** Keeps what the rows say, and tells which of them say nothing that can be kept. */
async function bringIn(
  { clock, recorder }: Dependencies,
  tx: Transaction,
  rows: readonly Row[],
): Promise<ImportOutcome> {
  const readable = rows.flatMap(([, row]) => row ?? []);
  const listings = await namedListings(tx, tx.marketplaceId, readable);
  const nowMs = clock().getTime();
  const mistakes: ImportOutcome['mistakes'] = [];
  const activities: Activity[] = [];
  for (const [number, row] of rows) {
    const result = row === undefined ? 'unreadable' : pastActivity(tx.marketplaceId, row, listings, nowMs);
    if (typeof result === 'string') mistakes.push({ row: number, reason: result });
    else activities.push(result);
  }
  const imported = await recorder.write(tx, activities);
  return {
    imported,
    known: activities.length - imported,
    refused: mistakes.length,
    mistakes: mistakes.slice(0, MISTAKES_MAX),
  };
}

/** Looks all listings up that the rows name. */
async function namedListings(
  queries: Queries,
  marketplaceId: string,
  rows: readonly PastActivity[],
): Promise<NamedListings> {
  const ours = new Set(rows.flatMap(({ listingId }) => (listingId === undefined ? [] : [uuidFromId(listingId)])));
  const foreign = new Set(rows.flatMap(({ externalId }) => externalId ?? []));
  const known = await findFacts(queries, marketplaceId, [...ours]);
  const byExternalId = await findByExternalId(queries, marketplaceId, [...foreign]);
  return { known: new Set(known.map(({ id }) => id)), byExternalId };
}
