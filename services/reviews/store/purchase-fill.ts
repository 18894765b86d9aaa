import { type Queries, sql } from '@plaza/runtime';

/** How far learning past purchases has come in a marketplace; undefined before it began. */
export async function findFill(
  queries: Queries,
  marketplaceId: string,
): Promise<{ cursor: string | null; isComplete: boolean } | undefined> {
  const row = await queries.row<{ cursor: string | null; completed_time: Date | null }>(
    sql`select cursor, completed_time from reviews.purchase_fill where marketplace_id = ${marketplaceId}`,
  );
  return row && { cursor: row.cursor, isComplete: row.completed_time !== null };
}

export async function saveFill(
  queries: Queries,
  marketplaceId: string,
  cursor: string | null,
  completedTime: Date | null,
): Promise<void> {
  await queries.execute(sql`
    insert into reviews.purchase_fill (marketplace_id, cursor, completed_time)
    values (${marketplaceId}, ${cursor}, ${completedTime})
    on conflict on constraint purchase_fill_pkey do update
      set cursor = excluded.cursor, completed_time = excluded.completed_time`);
}
