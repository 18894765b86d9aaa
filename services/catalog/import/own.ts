import { type Context, uuidFromId } from '@plaza/kernel';
import { errors } from '../errors.ts';
import { ownsStore, requireOwnStore } from '../operations/dependencies.ts';
import { findStore, type StoreRecord } from '../store/stores.ts';
import type { ImportDependencies } from './dependencies.ts';
import { findJob, type JobRecord } from './store/job.ts';

type Reading = Pick<ImportDependencies, 'database'>;

/** The store, if it is the caller's. */
export async function ownStore({ database }: Reading, context: Context, storeId: string): Promise<StoreRecord> {
  const queries = database.read(context.marketplaceId);
  return requireOwnStore(context, await findStore(queries, context.marketplaceId, uuidFromId(storeId)));
}

/** The import, if it is of a store of the caller's. Someone else's is answered like none. */
export async function ownJob({ database }: Reading, context: Context, importId: string): Promise<JobRecord> {
  const queries = database.read(context.marketplaceId);
  const job = await findJob(queries, context.marketplaceId, uuidFromId(importId));
  const store = job === undefined ? undefined : await findStore(queries, context.marketplaceId, job.storeId);
  if (job === undefined || store === undefined || !ownsStore(context, store)) throw errors.IMPORT_NOT_FOUND({});
  return job;
}
