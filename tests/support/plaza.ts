import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Client, Contract } from '@plaza/kernel';
import { bindRemotely } from '@plaza/kernel/remote';
import { createDevInbox } from '@plaza/runtime';
import { createPlazaClient, type PlazaClient } from '@plaza/sdk';
import pg from 'pg';
import { NODE_FLAGS } from '../../apps/server/bin/node-flags.mjs';
import { createInstallation, type Installation, MAIN } from './installation.ts';

/** What the processes of a test show each other. */
export const SERVICE_TOKEN = 'system-test-service-token';

/** How pino writes the level of an error, which is what nobody foresaw. */
const FAULT_LEVEL = '"level":50';

export type PlazaOptions = {
  readonly environment?: Readonly<Record<string, string>>;
  /** Services of this process; absent: all. */
  readonly only?: readonly string[];
  /** An installation that exists already, and outlives this process. Absent: one of its own, with nothing in it. */
  readonly installation?: Installation;
};

/** A running `plaza serve`, as a user runs it, on a database of its own. */
export type Plaza = AsyncDisposable & {
  readonly url: string;
  readonly pid: number;
  readonly installation: Installation;
  /** A client of the public API. */
  client(options: { marketplace: string; token?: string; guestId?: string; locale?: string }): PlazaClient;
  /** A client of a service's internal operations, as another process would have. */
  internal<C extends Contract>(service: string, contract: C): Client<C>;
  /** Rows of the database, as its owner, to look behind the scenes. */
  rows<Row>(text: string): Promise<Row[]>;
  /** What it has written so far. */
  output(): string;
  /** What it has logged of requests and work that failed in an unforeseen way. */
  faults(): string[];
  /** The oldest first. */
  mailbox(): Promise<{ to: string; text: string; kind: string }[]>;
  /** Ends it without a warning, as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

export async function startPlaza(options: PlazaOptions = {}): Promise<Plaza> {
  const installation = options.installation ?? (await createInstallation());
  const { port, folder } = installation;
  const child = fork(MAIN, ['serve', ...(options.only === undefined ? [] : ['--only', options.only.join(',')])], {
    execArgv: NODE_FLAGS,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: installation.databaseUrl,
      PLAZA_DATA_DIR: folder,
      PLAZA_DEMO: 'off',
      PLAZA_SERVICE_TOKEN: SERVICE_TOKEN,
      PLAZA_SIGNING_KEY: 'system-test-signing-key',
      ...options.environment,
    },
  });
  const output: string[] = [];
  child.stdout?.on('data', (chunk) => output.push(String(chunk)));
  child.stderr?.on('data', (chunk) => output.push(String(chunk)));
  await readyOf(child, output);
  const url = `http://127.0.0.1:${port}`;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  const plaza: Plaza = {
    url,
    pid: child.pid as number,
    installation,
    client: (client) => createPlazaClient({ baseUrl: url, ...client }),
    internal: (service, contract) => bindRemotely(service, contract, url, SERVICE_TOKEN),
    rows: async <Row>(text: string) => {
      const owner = new pg.Client({ connectionString: installation.databaseUrl });
      await owner.connect();
      try {
        return (await owner.query(text)).rows as Row[];
      } finally {
        await owner.end();
      }
    },
    output: () => output.join(''),
    faults: () => linesOf(output).filter((line) => line.includes(FAULT_LEVEL)),
    mailbox: async () => (await createDevInbox(path.join(folder, 'inbox'), () => new Date()).list()).reverse(),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      if (options.installation === undefined) await installation.remove();
    },
  };
  return plaza;
}

const linesOf = (output: readonly string[]) => output.join('').split('\n');

function readyOf(child: ChildProcess, output: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) =>
      reject(new Error(`plaza ended with ${code} before it was ready:\n${output.join('')}`)),
    );
  });
}
