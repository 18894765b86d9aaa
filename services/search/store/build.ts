import { type Queries, sql } from '@plaza/runtime';

/** The build the index of a marketplace should be of; undefined before the first. */
export async function findBuildId(queries: Queries, marketplaceId: string): Promise<string | undefined> {
  const row = await queries.row<{ build_id: string }>(
    sql`select build_id from search.index_build where marketplace_id = ${marketplaceId}`,
  );
  return row?.build_id;
}

export async function saveBuild(
  queries: Queries,
  marketplaceId: string,
  build: { readonly buildId: string; readonly documentCount: number; readonly completedTime: Date },
): Promise<void> {
  await queries.execute(sql`
    insert into search.index_build (marketplace_id, build_id, document_count, completed_time)
    values (${marketplaceId}, ${build.buildId}, ${build.documentCount}, ${build.completedTime})
    on conflict (marketplace_id) do update set build_id = excluded.build_id,
      document_count = excluded.document_count, completed_time = excluded.completed_time`);
}
