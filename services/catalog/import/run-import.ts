import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { type FieldError, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { ListingRecord } from '../domain/listing.ts';
import { type RowOutcome, upsertListingBatch } from '../operations/upsert-listing-batch.ts';
import { loadListings } from '../store/listings.ts';
import { checkDraft, handleOf } from './check.ts';
import type { ImportCounts } from './contract.ts';
import type { RunDeps } from './deps.ts';
import type { Draft, Mistake } from './draft.ts';
import { readFile } from './read-file.ts';
import { UnreadableFile } from './records.ts';
import {
  claimDueJob,
  finishJob,
  type ImageRow,
  imagesOf,
  type JobRecord,
  refreshStatistics,
  saveColumns,
  saveImages,
  saveMistakes,
  saveProgress,
  saveSources,
} from './store.ts';

/** Listings, and at most this many rows, in one transaction. */
const BATCH_LISTINGS = 500;
const BATCH_ROWS = 2_000;
/** A process that did not finish a batch in this time is taken for dead. */
const LEASE_SECONDS = 60;

type Work = RunDeps & { readonly marketplaceId: string };

/**
 * Does one import that waits or was interrupted. Each batch of listings commits with the checkpoint behind it, so a
 * killed import goes on where it stopped and nothing is done twice. A dry run does the same and rolls back.
 * @returns the finished job, or undefined when none was due.
 */
export async function runDueImport(deps: RunDeps, marketplaceId: string): Promise<JobRecord | undefined> {
  const now = deps.clock();
  const claimed = await claimDueJob(deps.database.read(marketplaceId), marketplaceId, { now, until: leaseFrom(now) });
  return claimed && runLeasedImport(deps, marketplaceId, claimed);
}

/** Until when an import that is held on now belongs to this process. */
export function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_SECONDS * 1000);
}

/** Does an import that is this process's own. */
export async function runLeasedImport(
  deps: RunDeps,
  marketplaceId: string,
  claimed: JobRecord,
): Promise<JobRecord | undefined> {
  const queries = deps.database.read(marketplaceId);
  let job = claimed;
  try {
    job = await importAll({ ...deps, marketplaceId }, job);
    job = { ...job, state: job.isDryRun ? 'checked' : 'completed', completedTime: deps.clock() };
  } catch (error) {
    if (error instanceof TakenOver) return undefined;
    const isTheirs = error instanceof UnreadableFile;
    // A failure of ours leaves the job leased: it is tried again from its checkpoint.
    if (!isTheirs) throw error;
    job = { ...job, state: 'failed', failure: error.message, completedTime: deps.clock() };
  }
  await finishJob(queries, marketplaceId, job);
  return job;
}

class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

async function importAll(work: Work, started: JobRecord): Promise<JobRecord> {
  let job = started;
  let columns: readonly string[] | undefined;
  const file = await open(work, job);
  try {
    const { format, drafts } = await readFile(file, job.format, (found) => {
      columns = found;
    });
    job = { ...job, format };
    const handles = new Set<string>();
    const batches = batchesOf(drafts, job.checkpoint, handles);
    // The next batch is read while the database works on this one.
    let next = batches.next();
    for (let count = 1; ; count++) {
      const { value: batch, done } = await next;
      if (done === true) break;
      next = batches.next();
      // If this batch fails, nobody asks for the next any more.
      next.catch(() => {});
      job = await importBatch(work, job, batch, handles);
      if (!job.isDryRun && isPowerOfThree(count)) await refreshStatistics(work.database.read(work.marketplaceId));
    }
  } finally {
    file.destroy();
  }
  if (columns !== undefined && !job.isDryRun)
    await saveColumns(work.database.read(work.marketplaceId), work.marketplaceId, job.storeId, columns);
  return job;
}

/** Listings in batches, those up to the checkpoint left out; their handles are taken all the same. */
async function* batchesOf(
  drafts: AsyncIterable<Draft>,
  checkpoint: number,
  handles: Set<string>,
): AsyncGenerator<Draft[], undefined> {
  let position = 0;
  let batch: Draft[] = [];
  let rows = 0;
  for await (const draft of drafts) {
    position++;
    if (position <= checkpoint) {
      handles.add(handleOf(draft));
      continue;
    }
    batch.push(draft);
    rows += draft.variants.length;
    if (batch.length < BATCH_LISTINGS && rows < BATCH_ROWS) continue;
    yield batch;
    batch = [];
    rows = 0;
  }
  if (batch.length > 0) yield batch;
  return undefined;
}

/** 1, 3, 9, 27…: as often as it matters, and never often. */
function isPowerOfThree(count: number): boolean {
  return 3 ** Math.round(Math.log(count) / Math.log(3)) === count;
}

async function open({ storage }: Work, { source }: JobRecord): Promise<Readable> {
  if (source.kind === 'storage') {
    if (!(await storage.exists(source.key))) throw new UnreadableFile('The file is no longer there. Upload it again.');
    return storage.get(source.key);
  }
  const found = await stat(source.path).catch(() => undefined);
  if (found?.isFile() !== true) throw new UnreadableFile(`There is no file ${source.path}.`);
  return createReadStream(source.path);
}

type Prepared = { readonly draft: Draft; readonly handle: string; readonly mistakes: Mistake[] };

/** Stands for a dry run's answer on its way out of the transaction that must not commit. */
class DryRunDone extends Error {
  readonly outcomes: Settled;

  constructor(outcomes: Settled) {
    super('dry run');
    this.outcomes = outcomes;
  }
}

type Settled = {
  readonly outcomes: readonly RowOutcome[];
  readonly rows: readonly Prepared[];
  readonly images: number;
};

async function importBatch(
  work: Work,
  job: JobRecord,
  drafts: readonly Draft[],
  handles: Set<string>,
): Promise<JobRecord> {
  const { database, marketplaceId } = work;
  const prepared = drafts.map((draft): Prepared => {
    const handle = handleOf(draft);
    const mistakes: Mistake[] = [];
    if (handles.has(handle))
      mistakes.push({
        row: draft.row,
        column: null,
        code: 'duplicate',
        message: `the handle ${handle} stands further up already`,
      });
    handles.add(handle);
    return { draft, handle, mistakes };
  });
  let next = job;
  const attempt = async (tx: Transaction): Promise<void> => {
    const settled = await writeBatch(work, tx, job, prepared);
    if (job.isDryRun) throw new DryRunDone(settled);
    next = await note(work, tx, job, drafts, settled);
  };
  try {
    await database.transaction(marketplaceId, attempt);
  } catch (thrown) {
    if (!(thrown instanceof DryRunDone)) throw thrown;
    await database.transaction(marketplaceId, async (tx) => {
      next = await note(work, tx, job, drafts, thrown.outcomes);
    });
  }
  return next;
}

async function writeBatch(
  work: Work,
  tx: Transaction,
  job: JobRecord,
  prepared: readonly Prepared[],
): Promise<Settled> {
  const settings = work.marketplaces.get(work.marketplaceId);
  const existing = await loadListings(
    tx,
    tx.marketplaceId,
    { storeId: job.storeId, handles: prepared.map(({ handle }) => handle) },
    { lock: false },
  );
  const byHandle = new Map(existing.map((listing) => [listing.handle, listing]));
  const known = groupBy(
    await imagesOf(
      tx,
      tx.marketplaceId,
      existing.map(({ id }) => id),
    ),
  );
  const checked = prepared.map(({ draft, handle, mistakes }) => {
    const before = byHandle.get(handle);
    const { row, mistakes: own } = checkDraft(settings, job.options, draft, before);
    const images = imagesFor(draft, before, before === undefined ? [] : (known.get(before.id) ?? []));
    return { draft, handle, row: { ...row, images: images.shown }, mistakes: [...mistakes, ...own], images };
  });
  const good = checked.filter(({ mistakes }) => mistakes.length === 0);
  const answers = await upsertListingBatch(
    tx,
    { storeId: job.storeId, settings, now: work.clock() },
    good.map(({ row }) => row),
  );
  const folder = job.source.kind === 'path' ? path.dirname(path.resolve(job.source.path)) : null;
  const images: Omit<ImageRow, 'attempts'>[] = [];
  const sources: { listingId: string; rows: unknown }[] = [];
  const changedImages: string[] = [];
  good.forEach(({ draft, images: found }, i) => {
    const answer = answers[i];
    if (answer === undefined || answer.outcome === 'refused') return;
    const listingId = uuidFromId(answer.listingId);
    if (draft.raw !== null) sources.push({ listingId, rows: draft.raw.map(filled) });
    if (found.wanted === undefined) return;
    changedImages.push(listingId);
    images.push(...found.wanted.map((each, position) => ({ ...each, listingId, position, folder })));
  });
  await saveSources(tx, job.storeId, sources);
  await saveImages(tx, job.id, work.clock(), images, changedImages);
  let next = 0;
  const outcomes = checked.map(
    ({ mistakes }): RowOutcome =>
      mistakes.length === 0 ? (answers[next++] as RowOutcome) : { outcome: 'refused', errors: [] },
  );
  return { outcomes, rows: checked, images: images.filter(({ state }) => state === 'waiting').length };
}

/**
 * Which images a listing shows now and which are to be fetched. The same addresses as last time change nothing, so
 * that pictures arranged by hand stay; `wanted` is absent then.
 */
function imagesFor(
  draft: Draft,
  before: ListingRecord | undefined,
  known: readonly ImageRow[],
): {
  shown: ListingRecord['images'];
  wanted?: readonly Omit<ImageRow, 'attempts' | 'listingId' | 'position' | 'folder'>[];
} {
  const given = draft.images?.slice(0, 30);
  const shown = before?.images ?? [];
  const isSame =
    given === undefined || JSON.stringify(given) === JSON.stringify(known.map(({ url, alt }) => ({ url, alt })));
  if (isSame) return { shown };
  const byUrl = new Map(known.flatMap(({ url, image }) => (image === null ? [] : [[url, image]])));
  const wanted = given.map(({ url, alt }) => {
    const image = byUrl.get(url);
    return {
      url,
      alt,
      image: image === undefined ? null : { ...image, alt },
      state: image === undefined ? ('waiting' as const) : ('fetched' as const),
    };
  });
  return { shown: wanted.flatMap(({ image }) => image ?? []), wanted };
}

/** Saves mistakes, counts and the checkpoint behind this batch. */
async function note(
  work: Work,
  tx: Transaction,
  job: JobRecord,
  drafts: readonly Draft[],
  { outcomes, rows, images }: Settled,
): Promise<JobRecord> {
  const mistakes = rows.flatMap(({ draft, handle, mistakes: own }, i) => {
    const outcome = outcomes[i];
    const refused = outcome?.outcome === 'refused' ? outcome.errors.map((error) => placed(draft, error)) : [];
    return [...own, ...refused].map((mistake) => ({ ...mistake, handle: handle === '' ? null : handle }));
  });
  await saveMistakes(tx, tx.marketplaceId, job.id, job.errorCount, mistakes);
  const count = (outcome: RowOutcome['outcome']) => outcomes.filter((each) => each.outcome === outcome).length;
  const { counts } = job;
  const next: JobRecord = {
    ...job,
    checkpoint: job.checkpoint + drafts.length,
    errorCount: job.errorCount + mistakes.length,
    counts: {
      rows:
        counts.rows + drafts.reduce((sum, { raw, variants }) => sum + (raw?.length ?? Math.max(1, variants.length)), 0),
      listings: counts.listings + drafts.length,
      variants: counts.variants + drafts.reduce((sum, { variants }) => sum + variants.length, 0),
      created: counts.created + count('created'),
      updated: counts.updated + count('updated'),
      unchanged: counts.unchanged + count('unchanged'),
      refused: counts.refused + count('refused'),
      images: counts.images + images,
    } satisfies ImportCounts,
  };
  const until = leaseFrom(work.clock());
  if (!(await saveProgress(tx, next, { from: job.checkpoint, until }))) throw new TakenOver();
  return next;
}

/** A mistake the catalog found, at the line of its variant and under the name of its field. */
function placed(draft: Draft, { pointer, code, detail }: FieldError): Mistake {
  const variant = /^\/variants\/(\d+)\/?(.*)$/.exec(pointer);
  if (variant !== null)
    return {
      row: draft.variants[Number(variant[1])]?.row ?? draft.row,
      column: variant[2] || null,
      code,
      message: detail,
    };
  return { row: draft.row, column: pointer.slice(1).replaceAll('/', '.') || null, code, message: detail };
}

/** Without empty cells: a Shopify row has some fifty columns, most of them empty. */
function filled(row: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ''));
}

function groupBy(rows: readonly ImageRow[]): Map<string, ImageRow[]> {
  const groups = new Map<string, ImageRow[]>();
  for (const row of rows) {
    const group = groups.get(row.listingId);
    if (group === undefined) groups.set(row.listingId, [row]);
    else group.push(row);
  }
  return groups;
}
