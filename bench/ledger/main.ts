// `npm run bench:ledger`: transfers a second through the service's own code, beside pgbench running the bare statements
// on the same server in the same run. Writes its section of docs/benchmarks.md.
import { readFile, writeFile } from 'node:fs/promises';
import { Belongings } from '../belongings.ts';
import { prepareGround } from '../processes.ts';
import { circumstances } from '../report.ts';
import { measureBare } from './bare.ts';
import { CASES } from './cases.ts';
import { type Row, sectionOf } from './report.ts';
import { ServiceLedger } from './service.ts';

const DOCUMENT = new URL('../../docs/benchmarks.md', import.meta.url);
const BEGIN = '<!-- ledger: written by `npm run bench:ledger` -->';
const END = '<!-- end of ledger -->';

const belongings = new Belongings();
belongings.endOnSignals();
try {
  await run();
} finally {
  await belongings.end();
}

async function run(): Promise<void> {
  const ground = await belongings.keep(prepareGround(undefined), (each) => each.end());
  const { installation, bareUrl, postgresPid } = ground;
  const service = await belongings.keep(ServiceLedger.open(installation.databaseUrl), (each) => each.end());
  const rows: Row[] = [];
  for (const each of CASES) {
    const bare = await measureBare({ databaseUrl: bareUrl, postgresPid, folder: installation.folder }, each);
    const plaza = await service.measure(each, postgresPid);
    rows.push({ name: each.name, plaza, ...(bare === undefined ? {} : { bare }) });
    process.stdout.write(
      `${each.name}: ${plaza.ratePerSecond.toFixed(0)} /s, bare ${bare?.ratePerSecond.toFixed(0) ?? 'not measured'} /s\n`,
    );
  }
  const linking = await service.measureLinking(postgresPid);
  const section = sectionOf(rows, linking, circumstances());
  const text = await readFile(DOCUMENT, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md lacks the marks ${BEGIN} and ${END}`);
  await writeFile(DOCUMENT, `${text.slice(0, from)}${BEGIN}\n\n${section}\n${text.slice(to)}`);
  process.stdout.write(`\n${section}\n`);
}
