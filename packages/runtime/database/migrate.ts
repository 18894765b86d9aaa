import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** A service's schema and the folder of its numbered SQL files. */
export type MigrationSource = { readonly schema: string; readonly folder: URL };

/** Any constant will do; it names the one migration that may run at a time. */
const LOCK_KEY = 7_152_900_121;

/**
 * Brings every schema up to date, forward only, under one lock: of several processes that start together, one
 * migrates and the others wait. Each file runs in a transaction with its record. Returns how many files ran.
 * @throws when a file that already ran was changed since.
 */
export async function migrate(ownerUrl: string, sources: readonly MigrationSource[]): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'plaza migrate' });
  // A connection that breaks fails the statement under way too, which is what the caller hears of.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(${LOCK_KEY})`);
    await client.query("set client_min_messages = 'warning'");
    await client.query(await readFile(new URL('./bootstrap.sql', import.meta.url), 'utf8'));
    await client.query(
      'create table if not exists plaza.migration (schema_name text, file text, checksum text not null, run_time timestamptz not null default now(), primary key (schema_name, file))',
    );
    await ensureRole(client, 'plaza_app');
    let ran = 0;
    for (const source of sources) ran += await migrateSchema(client, source);
    return ran;
  } finally {
    await client.end();
  }
}

async function migrateSchema(client: pg.Client, { schema, folder }: MigrationSource): Promise<number> {
  const role = `plaza_${schema}`;
  await ensureRole(client, role);
  await client.query(`
    create schema if not exists ${schema};
    grant usage on schema plaza to ${role};
    grant select on plaza.migration to ${role};
    grant usage on schema ${schema} to ${role};
    alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role};
    alter default privileges in schema ${schema} grant usage, select on sequences to ${role};
    grant ${role} to plaza_app;
    select plaza.install('${schema}');
    grant select, insert, update, delete on all tables in schema ${schema} to ${role};
    grant usage, select on all sequences in schema ${schema} to ${role};
  `);
  const done = new Map<string, string>(
    (await client.query('select file, checksum from plaza.migration where schema_name = $1', [schema])).rows.map(
      (row) => [row.file, row.checksum],
    ),
  );
  const files = (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith('.sql')).sort();
  let ran = 0;
  for (const file of files) {
    const text = await readFile(new URL(file, folder), 'utf8');
    const checksum = createHash('sha256').update(text).digest('hex');
    const before = done.get(file);
    if (before === checksum) continue;
    if (before !== undefined) {
      throw new Error(
        `Migration ${schema}/${file} was changed after it had run. Put it back and add a new file instead.`,
      );
    }
    await runFile(client, schema, file, checksum, text);
    ran++;
  }
  return ran;
}

async function runFile(client: pg.Client, schema: string, file: string, checksum: string, text: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local search_path = ${schema}, public`);
    await client.query(text);
    await client.query('insert into plaza.migration (schema_name, file, checksum) values ($1, $2, $3)', [
      schema,
      file,
      checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${schema}/${file} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Roles belong to the whole server, so another database's migration may make the same one at the same moment. */
async function ensureRole(client: pg.Client, role: string): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
  exception when duplicate_object or unique_violation then null; end $$`);
}
