import { type ChildProcess, fork } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@plaza/runtime';
import pg from 'pg';
import { freePort, type Installation } from '../tests/support/plaza.ts';

/** A PostgreSQL of this run alone, durable as in production, with a database for Plaza and one for the bare server. */
export type Ground = {
  /** Of the postmaster: its tree is all of PostgreSQL. */
  readonly postgresPid: number;
  readonly installation: Installation;
  readonly bareUrl: string;
  remove(): Promise<void>;
};

export async function prepareGround(): Promise<Ground> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-bench-'));
  // Open to the user PostgreSQL runs as when this one is root; else its data would lie elsewhere and stay.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder: path.join(folder, 'postgres') });
  const databaseNamed = (name: string): string => Object.assign(new URL(postgres.ownerUrl), { pathname: name }).href;
  const owner = new pg.Client({ connectionString: postgres.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query('show data_directory');
  await owner.query('create database bare');
  await owner.end();
  // The first line of postmaster.pid is the process id (https://www.postgresql.org/docs/18/storage-file-layout.html).
  const pidFile = await readFile(path.join(rows[0].data_directory, 'postmaster.pid'), 'utf8');
  const remove = async (): Promise<void> => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    postgresPid: Number(pidFile.split('\n')[0]),
    installation: { databaseUrl: postgres.ownerUrl, folder, port: await freePort(), remove },
    bareUrl: databaseNamed('bare'),
    remove,
  };
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
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}
