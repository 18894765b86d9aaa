import { access, constants } from 'node:fs/promises';
import { serviceContext } from '@plaza/kernel';
import type { JournalVerdict } from '@plaza/payments/contract';
import type { IndexCheck } from '@plaza/search/contract';
import pg from 'pg';
import type { Composition } from '../composition.ts';
import type { Config } from '../config.ts';
import { freeMibOf, openDatabase } from './database.ts';
import { say } from './progress.ts';
import { withComposition } from './with-composition.ts';

type Finding = { readonly what: string; readonly isFine: boolean; readonly detail: string };

/** Less free disk than this and PostgreSQL may stop soon. */
const FREE_MIB_MIN = 512;

/** `plaza doctor`: looks at the machine, the database and the books, and says what is not as it should be. */
export async function runDoctor(config: Config): Promise<void> {
  const findings: Finding[] = [await checkDataFolder(config), checkDisk(config)];
  await withComposition(config, async (composition) => {
    findings.push(...(await checkDatabase(config)), ...(await checkBooks(composition)));
  });
  for (const { what, isFine, detail } of findings) say(`  ${isFine ? '✓' : '✗'} ${what}: ${detail}`);
  const bad = findings.filter(({ isFine }) => !isFine).length;
  say(bad === 0 ? '\nAll is well.' : `\n${bad} thing${bad === 1 ? '' : 's'} to look at.`);
  if (bad > 0) process.exitCode = 1;
}

async function checkDataFolder({ dataFolder }: Config): Promise<Finding> {
  const isWritable = await access(dataFolder, constants.W_OK).then(
    () => true,
    () => false,
  );
  return { what: 'Data folder', isFine: isWritable, detail: isWritable ? dataFolder : `${dataFolder} is not writable` };
}

function checkDisk({ dataFolder }: Config): Finding {
  const freeMib = freeMibOf(dataFolder);
  return { what: 'Free disk', isFine: freeMib >= FREE_MIB_MIN, detail: `${(freeMib / 1024).toFixed(1)} GiB` };
}

async function checkDatabase(config: Config): Promise<Finding[]> {
  const { ownerUrl } = await openDatabase(config);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const version = await client.query(
      "select current_setting('server_version_num')::int as number, version() as text",
    );
    const open = await client.query(`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'marketplace_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`);
    const schemas = await client.query('select distinct schema_name from plaza.migration order by 1');
    const waiting = await Promise.all(
      schemas.rows.map(({ schema_name }) =>
        client
          .query(`select count(*) as stuck from ${schema_name}.outbox where attempts > 3`)
          .then(({ rows }) => Number(rows[0].stuck)),
      ),
    );
    const stuck = waiting.reduce((sum, each) => sum + each, 0);
    return [
      {
        what: 'PostgreSQL',
        isFine: version.rows[0].number >= 170_000,
        detail: String(version.rows[0].text).split(' on ')[0] ?? '',
      },
      {
        what: 'Row-level security',
        isFine: open.rows.length === 0,
        detail:
          open.rows.length === 0
            ? 'on every table with a marketplace'
            : `missing on ${open.rows.map(({ name }) => name).join(', ')}`,
      },
      {
        what: 'Events',
        isFine: stuck === 0,
        detail: stuck === 0 ? 'none stuck' : `${stuck} keep failing; see the log`,
      },
    ];
  } finally {
    await client.end();
  }
}

/** Transfers wait a few seconds for their link; longer than this, and nobody makes links. */
const WAITING_MINUTES_MAX = 10;

async function checkBooks({
  clients: { payments, admin, orders, search },
  marketplaces,
}: Composition): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { id } of marketplaces.list()) {
    const context = serviceContext('doctor', id, 'doctor');
    const ledger = await payments.checkLedger({}, context);
    const chain = await admin.verifyAuditChain({}, context);
    const documents = await orders.checkDocuments({}, context);
    const { check } = await search.getSearchIndexCheck({}, context);
    findings.push(
      {
        what: `Ledger of ${id}`,
        isFine: ledger.mismatches.length === 0,
        detail:
          ledger.mismatches.length === 0
            ? 'balanced'
            : `${ledger.mismatches.length} accounts do not match their entries`,
      },
      findJournal(id, ledger.journal),
      {
        what: `Documents of ${id}`,
        isFine: documents.broken.length === 0,
        detail:
          documents.broken.length === 0
            ? `${documents.documentCount}, no number missing`
            : `${documents.broken.length} series do not match their counters`,
      },
      {
        what: `Audit log of ${id}`,
        isFine: chain.isIntact,
        detail: chain.isIntact
          ? `${chain.entryCount} entries, chain intact`
          : `broken at entry ${chain.firstBrokenSequence}`,
      },
      { what: `Search index of ${id}`, isFine: true, detail: describeIndex(check) },
    );
  }
  return findings;
}

/** What the server found: an index in files is its own, and is not opened beside it. What differed was mended. */
function describeIndex(check: IndexCheck | null): string {
  if (check === null) return 'not compared with the catalog yet';
  const { listingCount, missing, outdated, extra, completedTime } = check;
  return `${listingCount} listings compared at ${completedTime}, ${missing + outdated + extra} mended`;
}

/** An old tail is worth a look: what waits for its link could still be changed unseen. */
function findJournal(marketplaceId: string, journal: JournalVerdict): Finding {
  const { linkCount, headHash, waitingCount, waitingSinceTime, firstBroken, outsideTransferId } = journal;
  const waitingMinutes = waitingSinceTime === null ? 0 : (Date.now() - Date.parse(waitingSinceTime)) / 60_000;
  const what = `Journal of ${marketplaceId}`;
  if (firstBroken !== null) {
    return {
      what,
      isFine: false,
      detail: `broken at link ${firstBroken.sequence}, transfer ${firstBroken.transferId}`,
    };
  }
  if (outsideTransferId !== null) return { what, isFine: false, detail: `${outsideTransferId} was written past it` };
  const waiting = waitingCount === 0 ? '' : `, ${waitingCount} wait for their link`;
  const detail = `${linkCount} transfers, chain intact, head ${linkCount}:${headHash}${waiting}`;
  return { what, isFine: waitingMinutes < WAITING_MINUTES_MAX, detail };
}
