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
  // A table that no row was ever written to is no file of any size.
  const written = await client.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where relkind = 'r' and nspname !~ '^pg_' and nspname not in ('information_schema', 'plaza') and pg_relation_size(c.oid) > 0`);
  // As a replica would: no trigger says that history cannot be changed, and no key asks what refers to what.
  await client.query("set session_replication_role = 'replica'");
  await client.query(written.rows.map(({ name }) => `delete from ${name}`).join(';'));
  return true;
}

/**
 * What tests leave as it is: columns, indexes, constraints, rules of rows, triggers and functions. Whatever changes one of
 * them writes its row anew, with a later transaction's number, which copies of the database keep.
 */
async function shapeOf(client: pg.Client): Promise<string | undefined> {
  const catalogs = ['pg_class', 'pg_attribute', 'pg_attrdef', 'pg_trigger', 'pg_constraint', 'pg_policy', 'pg_proc'];
  const found = await client.query<{ shape: string }>(
    `select concat_ws(' ', ${catalogs.map((each) => `(select concat(count(*), ':', max(xmin::text::bigint)) from ${each})`).join(', ')}) as shape`,
  );
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
