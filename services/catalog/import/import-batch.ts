import path from 'node:path';
import { type FieldError, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { type RowOutcome, upsertListingBatch } from '../operations/upsert-listing-batch.ts';
import { loadListings } from '../store/listings.ts';
import { checkDraft, handleOf } from './check.ts';
import type { ImportCounts } from './contract.ts';
import type { Work } from './dependencies.ts';
import type { Draft, Mistake } from './draft.ts';
import { imagesByListing, imagesFor } from './draft-images.ts';
import { leaseFrom, TakenOver } from './lease.ts';
import { type ImageRow, imagesOf, saveImages } from './store/image.ts';
import { type JobRecord, saveProgress } from './store/job.ts';
import { saveMistakes } from './store/mistake.ts';
import { saveSources } from './store/source.ts';

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

/**
 * Writes one batch of listings together with the checkpoint behind it. A dry run does the same, rolls it back, and keeps
 * only what it found. `handles`: those that stand further up in the file already; the batch's own are added.
 */
export async function importBatch(
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
    { lock: true },
  );
  const byHandle = new Map(existing.map((listing) => [listing.handle, listing]));
  const known = imagesByListing(
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
    { storeId: job.storeId, settings, now: work.clock(), existing },
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
