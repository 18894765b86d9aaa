import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import type { Measurement } from './support/load.ts';
import type { Workload } from './workloads.ts';

const DOCUMENT = new URL('../docs/benchmarks.md', import.meta.url);
const BEGIN = '<!-- figures: written by `npm run bench` -->';
const END = '<!-- end of figures -->';

export type Measured = { readonly workload: Workload; readonly plaza: Measurement; readonly bare: Measurement };

/** What is measured once a run. */
export type Whole = {
  readonly listings: number;
  readonly importRowsPerSecond: number;
  readonly importCpuMsPerRow: { readonly server: number; readonly postgres: number };
  readonly bareRowsPerSecond: number;
  readonly indexedAfterSeconds: number;
  readonly secondStartSeconds: number;
  readonly idleMiB: number;
  readonly command: string;
};

/** CPU of all watched processes for one operation. */
export function cpuMsOf({ cpuMs }: Measurement): number {
  return Object.values(cpuMs).reduce((sum, ms) => sum + ms, 0);
}

/** Puts the figures into docs/benchmarks.md, between its two marks; what is written around them stays. */
export async function publish(measured: readonly Measured[], whole: Whole): Promise<string> {
  const table = tableOf(measured, whole);
  const text = await readFile(DOCUMENT, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md lacks the marks ${BEGIN} and ${END}`);
  await writeFile(DOCUMENT, `${text.slice(0, from)}${BEGIN}\n\n${table}\n${text.slice(to)}`);
  return table;
}

function tableOf(measured: readonly Measured[], whole: Whole): string {
  const rows = measured.map(({ workload, plaza, bare }) => {
    const ratio = cpuMsOf(plaza) / cpuMsOf(bare);
    const cpu = (of: Measurement): string => `${digits(of.cpuMs.server)} + ${digits(of.cpuMs.postgres)}`;
    const verdict =
      workload.aim === undefined ? '' : `≤ ${workload.aim}× ${ratio <= workload.aim ? 'met' : '**missed**'}`;
    return `| ${workload.name} | ${digits(plaza.ratePerSecond)} | ${digits(plaza.p50Ms)} | ${digits(plaza.p99Ms)} | ${cpu(plaza)} | ${cpu(bare)} (${workload.bareDoes}) | ${digits(bare.ratePerSecond)} | ${ratio.toFixed(1)}× | ${verdict} |`;
  });
  const once = (name: string, figure: string, aim: string, isMet: boolean): string =>
    `| ${name} | ${figure} | ${aim} | ${isMet ? 'met' : '**missed**'} |`;
  const cpus = os.cpus();
  return [
    `\`${whole.command}\`, ${new Date().toISOString().slice(0, 10)}, ${cpus.length} × ${cpus[0]?.model.trim()}, ` +
      `${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}, Node ${process.versions.node}, ` +
      `load average ${os.loadavg()[0]?.toFixed(1)}; ${whole.listings.toLocaleString('en')} listings.`,
    '',
    '| workload | rate /s | p50 ms | p99 ms | CPU ms: server + PostgreSQL | bare | bare /s | CPU ratio | aim |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --- |',
    ...rows,
    '',
    '| once a run | figure | aim | |',
    '| --- | --: | --: | --- |',
    once(
      'import, plain CSV',
      `${digits(whole.importRowsPerSecond)} rows/s; CPU ${digits(whole.importCpuMsPerRow.server)} + ${digits(whole.importCpuMsPerRow.postgres)} ms a row; bare ${digits(whole.bareRowsPerSecond)} rows/s`,
      '≥ 5,000 rows/s',
      whole.importRowsPerSecond >= 5000,
    ),
    `| all of it can be found | ${digits(whole.indexedAfterSeconds)} s after the import | | |`,
    once('second start, until ready', `${digits(whole.secondStartSeconds)} s`, '≤ 3 s', whole.secondStartSeconds <= 3),
    once('idle memory', `${digits(whole.idleMiB)} MiB`, '≤ 300 MiB', whole.idleMiB <= 300),
    '',
  ].join('\n');
}

/** Three significant digits, with separators. */
function digits(value = 0): string {
  return value.toLocaleString('en', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}
