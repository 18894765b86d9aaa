import pg from 'pg';

/** What may grow in a database that is used again and again before it is made anew. */
const BYTES_MAX = 64 * 1024 * 1024;

/** A database that a test of the same schemas has given back; it is nobody else's from now on. */
export async function takeFree(serverUrl: string, template: string): Promise<string | undefined> {
  return withClient(serverUrl, async (client) => {
    const known = await client.query("select to_regclass('free_test_database') is not null as is_there");
    if (known.rows[0]?.is_there !== true) return undefined;
    const taken = await client.query<{ name: string }>(
      `delete from free_test_database where name = (
         select name from free_test_database where template = $1 limit 1 for update skip locked
       ) returning name`,
      [template],
    );
    return taken.rows[0]?.name;
  });
}

/** Notes what a fresh copy looks like, by which a used one is known to be as it was. */
export async function noteShape(serverUrl: string, template: string, name: string): Promise<void> {
  const shape = await withClient(urlOf(serverUrl, name), shapeOf);
  await withClient(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock(715290013)');
    await client.query(`
      create table if not exists free_test_database (name text primary key, template text not null);
      create table if not exists test_database_shape (template text primary key, shape text not null)`);
    await client.query('insert into test_database_shape values ($1, $2) on conflict do nothing', [template, shape]);
  });
}

/** Empties a database for the next test, or drops it if it is not as it was made, or cannot be. */
export async function giveBack(serverUrl: string, template: string, name: string): Promise<void> {
  await withClient(serverUrl, async (server) => {
    const noted = await server.query('select shape from test_database_shape where template = $1', [template]);
    const isEmpty = await withClient(
      urlOf(serverUrl, name),
      async (client) => (await shapeOf(client)) === noted.rows[0]?.shape && (await empty(client)),
    ).catch(() => false);
    if (isEmpty) await server.query('insert into free_test_database values ($1, $2)', [name, template]);
    else await server.query(`drop database if exists ${name} with (force)`);
  });
}

/** Removes every row that a test may have written, history too; false when that is not worth it. */
async function empty(client: pg.Client): Promise<boolean> {
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  const size = await client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
  if (Number(size.rows[0]?.bytes) > BYTES_MAX) return false;
  const tables = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema', 'plaza')`,
  );
  const names = tables.rows.map((row) => row.name);
  if (names.length === 0) return false;
  const filled = await client.query<{ name: string }>(
    names.map((each) => `select '${each}' as name where exists (select from ${each})`).join(' union all '),
  );
  // As a replica would: no trigger says that history cannot be changed, and no key asks what refers to what.
  await client.query("set session_replication_role = 'replica'");
  await client.query(filled.rows.map((row) => `delete from ${row.name}`).join(';'));
  return true;
}

/** What tests leave as it is: columns, indexes, constraints, rules of rows, triggers and functions. */
async function shapeOf(client: pg.Client): Promise<string | undefined> {
  const found = await client.query<{ shape: string }>(`
      with own as (
        select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
      ), facts as (
        select concat_ws(' ', nspname, relname, relkind, relrowsecurity, relforcerowsecurity, relacl) as fact
        from pg_class c join own on own.oid = c.relnamespace
        union all
        select concat_ws(' ', nspname, relname, attname, atttypid, attnotnull, atthasdef) from pg_attribute a
        join pg_class c on c.oid = a.attrelid join own on own.oid = c.relnamespace where attnum > 0
        union all
        select concat_ws(' ', nspname, relname, tgname, tgenabled) from pg_trigger t
        join pg_class c on c.oid = t.tgrelid join own on own.oid = c.relnamespace where not tgisinternal
        union all
        select concat_ws(' ', nspname, conname, pg_get_constraintdef(k.oid)) from pg_constraint k join own on own.oid = k.connamespace
        union all
        select concat_ws(' ', nspname, proname, md5(prosrc)) from pg_proc p join own on own.oid = p.pronamespace
      )
      select md5(string_agg(fact, '|' order by fact)) as shape from facts`);
  return found.rows[0]?.shape;
}

/** The address of another database of the same server. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

/** Runs `work` on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
