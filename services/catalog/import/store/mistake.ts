import { type Queries, sql } from '@plaza/runtime';
import type { ImportMistake } from '../contract.ts';
import type { Mistake } from '../draft.ts';

/** Mistakes kept of one import; all are counted. */
export const MISTAKES_MAX = 10_000;

/** Keeps mistakes under rising numbers from `firstNumber` on, up to the limit. */
export async function saveMistakes(
  queries: Queries,
  marketplaceId: string,
  jobId: string,
  firstNumber: number,
  mistakes: readonly (Mistake & { readonly handle: string | null })[],
): Promise<void> {
  const kept = mistakes.slice(0, Math.max(0, MISTAKES_MAX - firstNumber));
  if (kept.length === 0) return;
  const rows = kept.map(({ row, column, handle, code, message }, i) => ({
    number: firstNumber + i,
    row_number: row,
    column_name: column,
    handle,
    code,
    message: message.slice(0, 1000),
  }));
  await queries.execute(sql`
    insert into catalog.import_mistake (marketplace_id, job_id, number, row_number, column_name, handle, code, message)
    select ${marketplaceId}, ${jobId}::uuid, r.number, r.row_number, r.column_name, r.handle, r.code, r.message
    from json_populate_recordset(null::catalog.import_mistake, ${JSON.stringify(rows)}::json) r
    on conflict do nothing`);
}

export async function mistakesOf(
  queries: Queries,
  marketplaceId: string,
  { jobId, limit, after }: { jobId: string; limit: number; after: number },
): Promise<(ImportMistake & { number: number })[]> {
  return queries.rows(sql`
    select number, row_number as row, column_name as "column", handle, code, message from catalog.import_mistake
    where marketplace_id = ${marketplaceId} and job_id = ${jobId}::uuid and number > ${after} order by number limit ${limit}`);
}
