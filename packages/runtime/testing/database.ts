import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { startEmbeddedPostgres } from '../database/embedded.ts';
import { type MigrationSource, migrate } from '../database/migrate.ts';
import { giveBack, noteShape, takeFree, urlOf, withClient } from './used-databases.ts';

export type TestDatabase = { readonly ownerUrl: string; drop(): Promise<void> };

/**
 * A fresh, migrated database: one that a test before has given back, emptied, or a new copy of the first of its kind.
 * Copying one takes a second, for it is a thousand files; emptying one takes some milliseconds.
 * The server is the one at PLAZA_TEST_DATABASE_URL, else an embedded one shared by all tests of this machine.
 */
export async function createTestDatabase(sources: readonly MigrationSource[]): Promise<TestDatabase> {
  const serverUrl = await testServerUrl();
  const template = `template_${fingerprintOf(sources)}`;
  const name = (await takeFree(serverUrl, template)) ?? (await copyOf(serverUrl, template, sources));
  return {
    ownerUrl: urlOf(serverUrl, name),
    drop: () => giveBack(serverUrl, template, name),
  };
}

async function copyOf(serverUrl: string, template: string, sources: readonly MigrationSource[]): Promise<string> {
  const name = `test_${v7().replaceAll('-', '')}`;
  await withClient(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock(715290012)');
    const found = await client.query('select from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) {
      await client.query(`drop database if exists ${template}_making`);
      await client.query(`create database ${template}_making`);
      await migrate(urlOf(serverUrl, `${template}_making`), sources);
      await client.query(`alter database ${template}_making rename to ${template}`);
    }
    await client.query(`create database ${name} template ${template}`);
  });
  await noteShape(serverUrl, template, name);
  return name;
}

/** The owner's address of the server that tests make their databases on; starts it when it does not run. */
export async function testServerUrl(): Promise<string> {
  const given = process.env.PLAZA_TEST_DATABASE_URL;
  if (given !== undefined) return given;
  const folder = path.join(os.tmpdir(), `plaza-test-postgres-${os.userInfo().username}`);
  return (await startEmbeddedPostgres({ folder, isDurable: false })).ownerUrl;
}

function fingerprintOf(sources: readonly MigrationSource[]): string {
  const hash = createHash('sha256').update(readFileSync(new URL('../database/bootstrap.sql', import.meta.url)));
  for (const { schema, folder } of sources) {
    hash.update(schema);
    for (const file of readdirSync(fileURLToPath(folder)).sort())
      hash.update(file).update(readFileSync(new URL(file, folder)));
  }
  return hash.digest('hex').slice(0, 20);
}
