import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { findPgbench, numberIn } from '../pgbench.ts';
import { watchCpu } from '../support/processor-time.ts';
import { ACCOUNTS, type Case, CLIENTS, type Figure, SECONDS } from './cases.ts';

const run = promisify(execFile);
/** Its backends end soon after pgbench; then their time is among what has ended. */
const AFTERMATH_MS = 1000;
const HALF = ACCOUNTS / 2;

/** One transfer in five statements, each a round trip, as an application without functions would write it. */
function singleScript(isHot: boolean): string {
  return `\\set a random(1, ${HALF})
\\set b ${isHot ? ACCOUNTS : `random(${HALF + 1}, ${ACCOUNTS})`}
begin;
insert into bare.transfer select uuidv7(), 'capture:' || gen_random_uuid(), 'capture', gen_random_uuid(), now() returning id \\gset
update bare.balance set balance_minor = balance_minor + 10, version = version + 1 where account_id = :a returning version as av, balance_minor as ab \\gset
update bare.balance set balance_minor = balance_minor - 10, version = version + 1 where account_id = :b returning version as bv, balance_minor as bb \\gset
insert into bare.entry values (:a, :av, :id, 10, :ab), (:b, :bv, :id, -10, :bb);
commit;
`;
}

/** Many transfers by one statement, set by set; accounts are locked in one order, as whoever wants no deadlocks must. */
function batchScript(isHot: boolean, batch: number): string {
  return `with made as materialized (
  select uuidv7() as id, 1 + floor(random() * ${HALF})::int as a, ${isHot ? ACCOUNTS : `${HALF + 1} + floor(random() * ${HALF})::int`} as b
  from generate_series(1, ${batch})
), added as (
  insert into bare.transfer select id, 'capture:' || gen_random_uuid(), 'capture', gen_random_uuid(), now() from made
), line as (
  select *, row_number() over earlier as place, sum(amount) over earlier as moved
  from (select id, a as account_id, 10 as amount from made union all select id, b, -10 from made) l
  window earlier as (partition by account_id order by id)
), total as (
  select account_id, sum(amount) as amount, count(*) as lines from line group by account_id
), locked as materialized (
  select b.account_id from bare.balance b join total using (account_id) order by b.account_id for no key update of b
), changed as (
  update bare.balance b set balance_minor = b.balance_minor + t.amount, version = b.version + t.lines
  from locked join total t using (account_id) where b.account_id = t.account_id
  returning b.account_id, b.version - t.lines as version, b.balance_minor - t.amount as balance_minor
)
insert into bare.entry select l.account_id, c.version + l.place, l.id, l.amount, c.balance_minor + l.moved from line l join changed c using (account_id);
`;
}

/** The same case by pgbench on bare tables of the same server. Undefined where there is no pgbench. */
export async function measureBare(
  { databaseUrl, postgresPid, folder }: { databaseUrl: string; postgresPid: number; folder: string },
  { isHot, batch }: Case,
): Promise<Figure | undefined> {
  const program = await findPgbench();
  if (program === undefined) return undefined;
  const script = path.join(folder, 'bare-transfer.sql');
  await writeFile(script, batch === 1 ? singleScript(isHot) : batchScript(isHot, batch));
  await makeBareTables(databaseUrl);
  const flags = ['--protocol=prepared', '--no-vacuum', '--jobs=1', `--client=${CLIENTS}`, `--file=${script}`];
  const used = watchCpu({ postgresPid });
  const { stdout } = await run(program, [...flags, `--time=${SECONDS}`, databaseUrl]);
  await delay(AFTERMATH_MS);
  // Its backends have ended, so their time is told with the upkeep.
  const { postgres, upkeep } = used();
  const transfers = numberIn(stdout, /transactions actually processed: (\d+)/) * batch;
  return {
    ratePerSecond: numberIn(stdout, /tps = ([\d.]+)/) * batch,
    cpuMs: { node: 0, postgres: (postgres + upkeep) / transfers },
  };
}

async function makeBareTables(databaseUrl: string): Promise<void> {
  const tables = await readFile(new URL('./bare.sql', import.meta.url), 'utf8');
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(tables.replace(':accounts', String(ACCOUNTS)));
  await client.query('checkpoint');
  await client.end();
}
