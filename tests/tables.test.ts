import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { SERVICES } from '../apps/server/services.ts';
import { createInstallation, type Installation } from './support/installation.ts';

const NAMES = SERVICES.map(({ name }) => name);
const HISTORY = [
  'admin.audit_entry',
  'orders.document',
  'orders.evidence',
  'orders.line_refund',
  'orders.timeline_entry',
  'payments.account',
  'payments.cash_refusal',
  'payments.chargeback_part',
  'payments.coin_transfer',
  'payments.coin_transfer_loss',
  'payments.entry',
  'payments.journal_link',
  'payments.payout_record',
  'payments.pending_entry',
  'payments.pending_resolution',
  'payments.pending_transfer',
  'payments.transfer',
  'payments.write_off',
  'search.relevance_measure',
  'subscriptions.usage_report',
];
/** Tables without a marketplace, and why each may be read by a session of its service that named none. */
const SHARED: Readonly<Record<string, string>> = {
  user: 'an account is of the whole installation; what it is in a marketplace is its member there',
  account: 'how an account signs in',
  two_factor: 'the second step of an account’s sign-in',
  verification: 'proofs on their way to an account: reset links, codes',
  timer_lease: 'the names of timers and until when a process runs them, nothing of anybody',
};

type Table = { readonly schema: string; readonly name: string; readonly columns: readonly string[] };

let installation: Installation;
let owner: pg.Client;
let tables: Table[];

before(async () => {
  installation = await createInstallation();
  owner = new pg.Client({ connectionString: installation.databaseUrl });
  await owner.connect();
  const found = await owner.query<Table>(
    `select table_schema as schema, table_name as name, array_agg(column_name::text) as columns
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = any($1) and table_type = 'BASE TABLE' group by 1, 2 order by 1, 2`,
    [NAMES],
  );
  tables = found.rows;
});
after(async () => {
  await owner?.end();
  await installation?.remove();
});

const quoted = ({ schema, name }: Table) => `${schema}."${name}"`;
const isTenants = ({ columns }: Table) => columns.includes('marketplace_id');

/** Runs statements as a service's own role, and takes back what they did. */
async function as<T>(service: string, marketplaceId: string | undefined, work: () => Promise<T>): Promise<T> {
  await owner.query('begin');
  try {
    await owner.query(`set local role plaza_${service}`);
    if (marketplaceId !== undefined)
      await owner.query(`select set_config('plaza.marketplace_id', $1, true)`, [marketplaceId]);
    return await work();
  } finally {
    await owner.query('rollback');
  }
}

/** Why a statement is refused, or `undefined` if it is not. */
async function refusalOf(statement: string): Promise<string | undefined> {
  await owner.query('savepoint attempt');
  try {
    await owner.query(statement);
    return undefined;
  } catch (error) {
    await owner.query('rollback to savepoint attempt');
    return (error as Error).message;
  }
}

/** One row of a marketplace in a table, whatever else it asks for: keys and rules are not checked, its policy is. */
async function plant(table: Table, marketplaceId: string): Promise<void> {
  const { rows } = await owner.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attnotnull and attgenerated = ''
       and attidentity = '' and attname <> 'marketplace_id'`,
    [quoted(table)],
  );
  const columns = ['marketplace_id', ...rows.map(({ name }) => `"${name}"`)];
  const values = [`'${marketplaceId}'`, ...rows.map(({ type }) => sampleOf(type))];
  await owner.query(`insert into ${quoted(table)} (${columns.join(', ')}) values (${values.join(', ')})`);
}

function sampleOf(type: string): string {
  if (type.endsWith('[]')) return `'{}'::${type}`;
  if (type === 'uuid') return 'uuidv7()';
  if (type === 'json' || type === 'jsonb') return `'{}'`;
  if (type === 'boolean') return 'false';
  if (type === 'bytea') return `'\\x00'`;
  if (type === 'tsvector') return `''::tsvector`;
  if (type.startsWith('timestamp')) return 'now()';
  if (type === 'date') return 'current_date';
  if (/^(bigint|integer|smallint|numeric|double|real)/.test(type)) return '1';
  return `'USD'`;
}

describe('every table of the migrated database', () => {
  test('belongs to a marketplace and is protected, also from its owner; what does not is named here', async () => {
    assert.deepEqual(
      tables.filter((table) => !isTenants(table) && SHARED[table.name] === undefined).map(quoted),
      [],
      'tables without a marketplace',
    );
    const { rows } = await owner.query<{ name: string }>(
      `select format('%I.%I', relnamespace::regnamespace, relname) as name from pg_class
       where relnamespace::regnamespace::text = any($1) and relkind in ('r', 'p')
         and not (relrowsecurity and relforcerowsecurity) and relname <> all($2)`,
      [NAMES, Object.keys(SHARED)],
    );
    assert.deepEqual(rows, [], 'tables without row-level security');
    const roles = await owner.query(
      `select rolname from pg_roles where rolname = any($1) and (rolsuper or rolbypassrls)`,
      [['plaza_app', ...NAMES.map((name) => `plaza_${name}`)]],
    );
    assert.deepEqual(roles.rows, [], 'roles that see past row-level security');
  });

  test('shows its service a row of the marketplace it named, and none of another or without a name', async () => {
    const complaints: string[] = [];
    for (const table of tables.filter(isTenants)) {
      await owner.query('begin');
      try {
        // Keys, rules, and the order of things are of no interest here: rows are planted as they come.
        await owner.query(`set local session_replication_role = replica`);
        const { rows: checks } = await owner.query<{ name: string }>(
          `select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
          [quoted(table)],
        );
        for (const { name } of checks) await owner.query(`alter table ${quoted(table)} drop constraint "${name}"`);
        await plant(table, 'bazaar');
        await owner.query(`set local role plaza_${table.schema}`);
        const counts: number[] = [];
        for (const marketplaceId of ['bazaar', 'jaikod', '']) {
          await owner.query(`select set_config('plaza.marketplace_id', $1, true)`, [marketplaceId]);
          counts.push((await owner.query(`select from ${quoted(table)}`)).rowCount ?? -1);
        }
        if (counts.join() !== '1,0,0') complaints.push(`${quoted(table)} shows ${counts.join()}`);
      } catch (error) {
        complaints.push(`${quoted(table)}: ${(error as Error).message}`);
      } finally {
        await owner.query('rollback');
      }
    }
    assert.equal(complaints.length, 0, complaints.join('\n'));
  });

  test('refuses a row for another marketplace, and any row without a name', async () => {
    const complaints: string[] = [];
    for (const table of tables.filter(isTenants))
      for (const marketplaceId of ['jaikod', undefined])
        await as(table.schema, marketplaceId, async () => {
          const refusal = await refusalOf(
            `insert into ${quoted(table)} (marketplace_id) values ('bazaar') on conflict do nothing`,
          );
          if (!/row-level security|permission denied/.test(refusal ?? ''))
            complaints.push(`${quoted(table)}, ${marketplaceId}: ${refusal}`);
        });
    assert.equal(complaints.length, 0, complaints.join('\n'));
  });

  test('has indexes that its service is answered by, though row-level security watches', async () => {
    const { rows: columns } = await owner.query<{ index: string; table: string; schema: string; column: string }>(
      `select i.indexrelid::regclass::text as index, i.indrelid::regclass::text as table,
         c.relnamespace::regnamespace::text as schema, pg_get_indexdef(i.indexrelid, place, true) as column
       from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid join pg_am on pg_am.oid = x.relam
         cross join generate_series(1, i.indnkeyatts) as place
       where c.relnamespace::regnamespace::text = any($1) and c.relrowsecurity and amname <> 'brin'
         -- What only keeps things apart need answer nobody.
         and not (i.indisunique and i.indexprs is not null)
         and pg_get_indexdef(i.indexrelid, place, true) <> 'marketplace_id'`,
      [NAMES],
    );
    assert.ok(columns.length > 100);
    const walked: string[] = [];
    for (const { index, table, schema, column } of columns) {
      await owner.query('begin');
      await owner.query(`create table ${schema}.probe (like ${table} including generated)`);
      await owner.query(`create index probe_index on ${schema}.probe (marketplace_id, (${column}))`);
      await owner.query(`select plaza.protect('${schema}.probe')`);
      await owner.query(`grant select on ${schema}.probe to plaza_${schema}`);
      await owner.query(`set local role plaza_${schema}`);
      await owner.query('set local enable_seqscan = off');
      const plan = await owner.query(
        `explain (generic_plan, costs off) select from ${schema}.probe where marketplace_id = $1 and (${column}) <= $2`,
      );
      const condition = plan.rows.map((row) => row['QUERY PLAN']).find((line) => line.includes('Index Cond'));
      if (!condition?.includes('<= $2')) walked.push(`${index}: ${column}`);
      await owner.query('rollback');
    }
    assert.deepEqual(walked, []);
  });

  test('is read and written by its own service alone', async () => {
    const complaints: string[] = [];
    for (const service of NAMES)
      await as(service, 'bazaar', async () => {
        for (const table of tables.filter(({ schema }) => schema !== service))
          for (const statement of [`select from ${quoted(table)}`, `delete from ${quoted(table)}`]) {
            const refusal = await refusalOf(statement);
            if (!/permission denied/.test(refusal ?? '')) complaints.push(`${service}: ${statement}: ${refusal}`);
          }
      });
    assert.equal(complaints.length, 0, complaints.join('\n'));
  });

  test('that is history is never rewritten, not by its service and not by the owner', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select distinct format('%I.%I', relnamespace::regnamespace, relname) as name
       from pg_trigger join pg_class on pg_class.oid = tgrelid where tgname = 'append_only' and tgenabled = 'O' order by 1`,
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      HISTORY,
    );
    for (const name of HISTORY) {
      const [schema, table] = name.split('.') as [string, string];
      const known = tables.find((each) => each.schema === schema && each.name === table) as Table;
      await owner.query('begin');
      await owner.query('set local session_replication_role = replica');
      const { rows: checks } = await owner.query<{ name: string }>(
        `select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
        [name],
      );
      for (const check of checks) await owner.query(`alter table ${name} drop constraint "${check.name}"`);
      await plant(known, 'bazaar');
      await owner.query('set local session_replication_role = origin');
      for (const role of ['none', `plaza_${schema}`]) {
        await owner.query(`set local role ${role}`);
        await owner.query(`select set_config('plaza.marketplace_id', 'bazaar', true)`);
        for (const statement of [
          `update ${name} set marketplace_id = 'bazaar'`,
          `delete from ${name}`,
          `truncate ${name} cascade`,
        ])
          assert.match((await refusalOf(statement)) ?? 'nothing', /never changed|permission denied/, statement);
      }
      await owner.query('rollback');
    }
  });
});
