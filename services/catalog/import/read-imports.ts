import { type Call, decodeCursor, idFromUuid, idOfCursor, NIL_UUID, pageFrom } from '@plaza/kernel';
import { z } from 'zod';
import type { ImportJob, importOperations } from './contract.ts';
import type { ImportDependencies } from './dependencies.ts';
import { ownJob, ownStore } from './own.ts';
import { countWaitingImages, imageProblemsOf } from './store/image.ts';
import { type JobRecord, jobsOf, jobView } from './store/job.ts';
import { mistakesOf } from './store/mistake.ts';

/** The number of a mistake in its file. */
const MistakeKeys = z.tuple([z.int()]);
/** An image's listing and its place there. */
const ImageKeys = z.tuple([z.uuid(), z.int()]);
const BEFORE_ALL_IMAGES = [NIL_UUID, -1] as const;

type Reading = Pick<ImportDependencies, 'database'>;

/** How imports stand, and what was wrong with their files. */
export function readImports(dependencies: ImportDependencies) {
  const { database } = dependencies;
  return {
    getImport: async ({ input, context }: Call<typeof importOperations.getImport>) =>
      showJob(dependencies, context.marketplaceId, await ownJob(dependencies, context, input.importId)),
    listImports: async ({ input, context }: Call<typeof importOperations.listImports>) => {
      const store = await ownStore(dependencies, context, input.storeId);
      const jobs = await jobsOf(database.read(context.marketplaceId), context.marketplaceId, {
        storeId: store.id,
        limit: input.limit + 1,
        beforeId: idOfCursor(input.cursor),
      });
      const { items, nextCursor } = pageFrom(jobs, input.limit, ({ id }) => [id]);
      return {
        items: await showJobs(dependencies, context.marketplaceId, items),
        nextCursor,
      };
    },
    listImportErrors: async ({ input, context }: Call<typeof importOperations.listImportErrors>) => {
      const job = await ownJob(dependencies, context, input.importId);
      const [after] = decodeCursor(input.cursor, MistakeKeys) ?? [-1];
      const found = await mistakesOf(database.read(context.marketplaceId), context.marketplaceId, {
        jobId: job.id,
        limit: input.limit + 1,
        after,
      });
      return pageFrom(
        found,
        input.limit,
        ({ number }) => [number],
        ({ number: _, ...mistake }) => mistake,
      );
    },
    listImportImageProblems: async ({ input, context }: Call<typeof importOperations.listImportImageProblems>) => {
      const job = await ownJob(dependencies, context, input.importId);
      const found = await imageProblemsOf(database.read(context.marketplaceId), context.marketplaceId, {
        jobId: job.id,
        limit: input.limit + 1,
        after: decodeCursor(input.cursor, ImageKeys) ?? BEFORE_ALL_IMAGES,
      });
      return pageFrom(
        found,
        input.limit,
        ({ listingId, position }) => [listingId, position],
        ({ listingId, position: _, nextTryTime, ...problem }) => ({
          ...problem,
          listingId: idFromUuid('listing', listingId),
          nextTryTime: nextTryTime?.toISOString() ?? null,
        }),
      );
    },
  };
}

export async function showJob(reading: Reading, marketplaceId: string, job: JobRecord): Promise<ImportJob> {
  const [shown] = await showJobs(reading, marketplaceId, [job]);
  return shown as ImportJob;
}

/** Imports as their sellers see them, from one look at the images of all. */
async function showJobs(
  { database }: Reading,
  marketplaceId: string,
  jobs: readonly JobRecord[],
): Promise<ImportJob[]> {
  const ids = jobs.map(({ id }) => id);
  const waiting = await countWaitingImages(database.read(marketplaceId), marketplaceId, ids);
  return jobs.map((job) => jobView(job, waiting.get(job.id) ?? 0));
}
