import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { watchCpu } from './support/processor-time.ts';

const run = promisify(execFile);
const CLIENTS = 8;
const SECONDS = 8;
const AFTERMATH_MS = 1000;
/** 100,000 accounts each; more than clients, so that few of them wait for one branch's row. */
const SCALE = 20;

export type PgbenchFigure = {
  readonly name: string;
  readonly ratePerSecond: number;
  readonly averageMs: number;
  readonly cpuMs: number;
};

const SCRIPTS = [
  { name: 'pgbench: one select by key', flags: ['--select-only'] },
  { name: 'pgbench: one durable transaction of 5 statements (TPC-B-like)', flags: [] },
];

/** What PostgreSQL can do on this machine at most, by its own load driver. Undefined where there is no pgbench. */
export async function runPgbench(databaseUrl: string, postgresPid: number): Promise<PgbenchFigure[] | undefined> {
  const program = await findPgbench();
  if (program === undefined) return undefined;
  await run(program, ['--initialize', '--quiet', `--scale=${SCALE}`, databaseUrl]);
  const figures: PgbenchFigure[] = [];
  for (const { name, flags } of SCRIPTS) {
    const used = watchCpu({ postgresPid });
    const { stdout } = await run(program, [
      ...flags,
      '--protocol=prepared',
      '--no-vacuum',
      `--client=${CLIENTS}`,
      '--jobs=1',
      `--time=${SECONDS}`,
      databaseUrl,
    ]);
    // Its backends end soon after it; then their time is among what has ended.
    await delay(AFTERMATH_MS);
    const { postgres, upkeep } = used();
    figures.push({
      name,
      ratePerSecond: numberIn(stdout, /tps = ([\d.]+)/),
      averageMs: numberIn(stdout, /latency average = ([\d.]+) ms/),
      cpuMs: (postgres + upkeep) / numberIn(stdout, /transactions actually processed: (\d+)/),
    });
  }
  return figures;
}

/** On the path, named by PGBENCH, or where Debian's packages put it. */
export async function findPgbench(): Promise<string | undefined> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  const candidates = [
    process.env.PGBENCH,
    'pgbench',
    ...newestFirst.map((version) => path.join('/usr/lib/postgresql', version, 'bin/pgbench')),
  ];
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    const found = await run(candidate, ['--version']).catch(() => undefined);
    if (found !== undefined) return candidate;
  }
  return undefined;
}

export function numberIn(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`pgbench did not say ${pattern}:\n${text}`);
  return Number(found);
}
