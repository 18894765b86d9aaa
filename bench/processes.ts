import { type ChildProcess, fork } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@plaza/runtime';
import { freePort } from '@plaza/runtime/testing';
import pg from 'pg';
import type { Installation } from '../tests/support/installation.ts';

/** A PostgreSQL of the bench alone, durable as in production, with databases for Plaza, the bare server and pgbench. */
export type Ground = {
  /** Of the postmaster: its tree is all of PostgreSQL. */
  readonly postgresPid: number;
  readonly installation: Installation;
  readonly bareUrl: string;
  readonly pgbenchUrl: string;
  /** Stops PostgreSQL; without a folder of its own to keep, forgets everything. */
  end(): Promise<void>;
};

/** `keptFolder`: what is in it is used again, and stays. Absent: a temporary one. */
export async function prepareGround(keptFolder: string | undefined): Promise<Ground> {
  const folder = keptFolder ?? (await mkdtemp(path.join(os.tmpdir(), 'plaza-bench-')));
  await mkdir(folder, { recursive: true });
  // Open to the user PostgreSQL runs as when this one is root; else its data would lie elsewhere and stay.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder: path.join(folder, 'postgres') });
  const databaseNamed = (name: string): string => Object.assign(new URL(postgres.ownerUrl), { pathname: name }).href;
  const owner = new pg.Client({ connectionString: postgres.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query('show data_directory');
  for (const name of ['bare', 'pgbench']) {
    const { rowCount } = await owner.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await owner.query(`create database ${name}`);
  }
  await owner.end();
  // The first line of postmaster.pid is the process id (https://www.postgresql.org/docs/18/storage-file-layout.html).
  const pidFile = await readFile(path.join(rows[0].data_directory, 'postmaster.pid'), 'utf8');
  const end = async (): Promise<void> => {
    await postgres.stop();
    if (keptFolder === undefined) await rm(folder, { recursive: true, force: true });
  };
  return {
    postgresPid: Number(pidFile.split('\n')[0]),
    installation: { databaseUrl: postgres.ownerUrl, folder, port: await freePort(), remove: end },
    bareUrl: databaseNamed('bare'),
    pgbenchUrl: databaseNamed('pgbench'),
    end,
  };
}

/** Fresh statistics, and nothing left to be written: housekeeping of what came before is not measured with what comes. */
export async function tidy(...databaseUrls: readonly string[]): Promise<void> {
  for (const connectionString of databaseUrls) {
    const owner = new pg.Client({ connectionString });
    await owner.connect();
    await owner.query('analyze');
    await owner.query('checkpoint');
    await owner.end();
  }
}

export type Bare = { readonly url: string; readonly pid: number; stop(): Promise<void> };

export async function startBare(databaseUrl: string): Promise<Bare> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./bare/server.ts', import.meta.url)), {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, NODE_ENV: 'production' },
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`the bare server ended with ${code} before it was ready`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}
