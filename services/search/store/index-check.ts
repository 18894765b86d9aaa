import { type Queries, sql } from '@plaza/runtime';
import type { IndexCheck } from '../contract/index.ts';

/** The last comparison of a marketplace's index with the catalog; undefined before the first. */
export async function findIndexCheck(queries: Queries, marketplaceId: string): Promise<IndexCheck | undefined> {
  const row = await queries.row<{ report: IndexCheck }>(
    sql`select report from search.index_check where marketplace_id = ${marketplaceId}`,
  );
  return row?.report;
}

/** Keeps a comparison in the place of the one before. */
export async function saveIndexCheck(queries: Queries, marketplaceId: string, report: IndexCheck): Promise<void> {
  await queries.execute(sql`
    insert into search.index_check (marketplace_id, report) values (${marketplaceId}, ${JSON.stringify(report)})
    on conflict (marketplace_id) do update set report = excluded.report`);
}
