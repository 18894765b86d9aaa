import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  copyTestDatabase,
  createDatabaseOfKind,
  createTestDatabase,
  freePort,
  type TestDatabase,
} from '@plaza/runtime/testing';
import { NODE_FLAGS } from '../../apps/server/bin/node-flags.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The command line. */
export const MAIN = path.join(ROOT, 'apps/server/main.ts');

/** What a killed process leaves behind: a database and a folder. */
export type Installation = {
  readonly databaseUrl: string;
  readonly folder: string;
  readonly port: number;
  remove(): Promise<void>;
};

/** An installation that `plaza migrate` has run on, with nothing in it. */
export function createInstallation(): Promise<Installation> {
  return installationOn((folder) =>
    createDatabaseOfKind(fingerprintOfSchemas(), (databaseUrl) => migrateByCommand(databaseUrl, folder)),
  );
}

/** An installation before its first start: not even its schemas are there. */
export function createEmptyInstallation(): Promise<Installation> {
  return installationOn(() => createTestDatabase([]));
}

/** An installation like another that nothing runs on: with all that is in its database and folder. */
export function copyInstallation(original: Pick<Installation, 'databaseUrl' | 'folder'>): Promise<Installation> {
  return installationOn(async (folder) => {
    await cp(original.folder, folder, { recursive: true });
    return copyTestDatabase(original.databaseUrl);
  });
}

async function installationOn(open: (folder: string) => Promise<TestDatabase>): Promise<Installation> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-system-'));
  const database = await open(folder);
  return {
    databaseUrl: database.ownerUrl,
    folder,
    port: await freePort(),
    remove: async () => {
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function migrateByCommand(databaseUrl: string, folder: string): Promise<void> {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, PLAZA_DATA_DIR: folder };
  await promisify(execFile)(process.execPath, [...NODE_FLAGS, MAIN, 'migrate'], { env });
}

/** Another after every change of what migrations make. */
function fingerprintOfSchemas(): string {
  const hash = createHash('sha256').update('installation');
  for (const file of globSync(['services/*/migrations/*.sql', 'packages/runtime/database/*.sql'], { cwd: ROOT }).sort())
    hash.update(file).update(readFileSync(path.join(ROOT, file)));
  return hash.digest('hex').slice(0, 20);
}
