import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** A service's schema and the folder of its numbered SQL files. */
export type MigrationSource = { readonly schema: string; readonly folder: URL };

/** Runs before any file, and is recorded as if it were one of each schema's. */
const BOOTSTRAP = new URL('./bootstrap.sql', import.meta.url);
const OPENING = 'opening';

type Step = { readonly schema: string; readonly file: string; readonly checksum: string };

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
    const steps = await stepsOf(sources);
    if (await isDone(client, sources, steps)) return 0;
    await client.query(`select pg_advisory_lock(${LOCK_KEY})`);
    await client.query("set client_min_messages = 'warning'");
    await client.query(await readFile(BOOTSTRAP, 'utf8'));
    await client.query(
      'create table if not exists plaza.migration (schema_name text, file text, checksum text not null, run_time timestamptz not null default now(), primary key (schema_name, file))',
    );
    await ensureRole(client, 'plaza_app');
    let ran = 0;
    for (const source of sources) ran += await migrateSchema(client, source);
    for (const { schema, file, checksum } of steps.filter(({ file }) => file === OPENING)) {
      await client.query(
        `insert into plaza.migration (schema_name, file, checksum) values ($1, $2, $3)
         on conflict (schema_name, file) do update set checksum = excluded.checksum, run_time = now()`,
        [schema, file, checksum],
      );
    }
    return ran;
  } finally {
    await client.end();
  }
}

/** All that a database up to date has a record of: every file, and what opens the schemas. */
async function stepsOf(sources: readonly MigrationSource[]): Promise<Step[]> {
  const bootstrap = await readFile(BOOTSTRAP, 'utf8');
  const steps = sources.map(async ({ schema, folder }): Promise<Step[]> => {
    const files = await Promise.all(
      (await filesOf(folder)).map(async (file) => ({
        schema,
        file,
        checksum: checksumOf(await readFile(new URL(file, folder), 'utf8')),
      })),
    );
    return [...files, { schema, file: OPENING, checksum: checksumOf(bootstrap + openingOf(schema)) }];
  });
  return (await Promise.all(steps)).flat();
}

/** One look at the records, so that a start with nothing to do changes nothing. Roles are not part of a restored database. */
async function isDone(
  client: pg.Client,
  sources: readonly MigrationSource[],
  steps: readonly Step[],
): Promise<boolean> {
  const { rows } = await client.query<{ is_begun: boolean }>(
    `select to_regclass('plaza.migration') is not null
       and (select count(*) from pg_roles where rolname = any($1)) = cardinality($1::text[]) as is_begun`,
    [['plaza_app', ...sources.map(({ schema }) => `plaza_${schema}`)]],
  );
  if (rows[0]?.is_begun !== true) return false;
  const records = await client.query('select schema_name, file, checksum from plaza.migration');
  const done = new Map(records.rows.map((row) => [`${row.schema_name}/${row.file}`, row.checksum]));
  return steps.every(({ schema, file, checksum }) => done.get(`${schema}/${file}`) === checksum);
}

async function filesOf(folder: URL): Promise<string[]> {
  return (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith('.sql')).sort();
}

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function migrateSchema(client: pg.Client, { schema, folder }: MigrationSource): Promise<number> {
  await ensureRole(client, `plaza_${schema}`);
  await client.query(openingOf(schema));
  const done = new Map<string, string>(
    (await client.query('select file, checksum from plaza.migration where schema_name = $1', [schema])).rows.map(
      (row) => [row.file, row.checksum],
    ),
  );
  let ran = 0;
  for (const file of await filesOf(folder)) {
    const text = await readFile(new URL(file, folder), 'utf8');
    const checksum = checksumOf(text);
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

/** What a schema has before its own files, and gets again whenever anything runs. */
function openingOf(schema: string): string {
  const role = `plaza_${schema}`;
  return `
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
  `;
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
