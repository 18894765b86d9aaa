import { type Queries, sql } from '@plaza/runtime';
import type { LoadedProcess } from '../domain/process/load.ts';
import type { Process } from '../domain/process/process.ts';

/** Keeps processes by version, so that an order runs by the rules it began with. Repeating it changes nothing. */
export async function keepProcesses(
  queries: Queries,
  marketplaceId: string,
  processes: readonly LoadedProcess[],
): Promise<void> {
  if (processes.length === 0) return;
  const rows = processes.map(({ name, version, process }) => ({ name, version, definition: process }));
  await queries.execute(sql`
    insert into orders.process_version (marketplace_id, name, version, definition)
    select ${marketplaceId}, name, version, definition from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(name text, version text, definition jsonb)
    on conflict do nothing`);
}

export async function findProcess(
  queries: Queries,
  marketplaceId: string,
  name: string,
  version: string,
): Promise<Process | undefined> {
  const row = await queries.row<{ definition: Process }>(sql`
    select definition from orders.process_version where marketplace_id = ${marketplaceId} and name = ${name} and version = ${version}`);
  return row?.definition;
}
