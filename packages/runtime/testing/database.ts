import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { newUuid } from '@plaza/kernel';
import { startEmbeddedPostgres } from '../database/embedded.ts';
import { type MigrationSource, migrate } from '../database/migrate.ts';
import { giveBack, noteShape, takeFree, urlOf, withClient } from './used-databases.ts';

export type TestDatabase = { readonly ownerUrl: string; drop(): Promise<void> };

/** A fresh, migrated database, on the server at PLAZA_TEST_DATABASE_URL, else on an embedded one that all tests of this machine share. */
export function createTestDatabase(sources: readonly MigrationSource[]): Promise<TestDatabase> {
  return createDatabaseOfKind(fingerprintOf(sources), (ownerUrl) => migrate(ownerUrl, sources));
}

/**
 * A fresh database of a kind: one that a test before has given back, emptied, or a new copy of the first of its kind,
 * which `make` makes out of an empty one. Copying one takes a second, for it is a thousand files; emptying one takes
 * some milliseconds.
 */
export async function createDatabaseOfKind(
  kind: string,
  make: (ownerUrl: string) => Promise<unknown>,
): Promise<TestDatabase> {
  const serverUrl = await testServerUrl();
  const template = `template_${kind}`;
  const name = (await takeFree(serverUrl, template)) ?? (await copyOf(serverUrl, template, make));
  return {
    ownerUrl: urlOf(serverUrl, name),
    drop: () => giveBack(serverUrl, template, name),
  };
}

/** The same database once more, with all that is in it. Nobody may be connected to the one that is copied. */
export async function copyTestDatabase(ownerUrl: string): Promise<TestDatabase> {
  const name = nameOfNew();
  const serverUrl = await testServerUrl();
  const original = new URL(ownerUrl).pathname.slice(1);
  await withClient(serverUrl, (client) =>
    client.query(`create database ${name} template ${original} strategy file_copy`),
  );
  const copyUrl = urlOf(serverUrl, name);
  return { ownerUrl: copyUrl, drop: () => dropTestDatabase(copyUrl) };
}

/** Drops a database that no test may use again. */
export async function dropTestDatabase(ownerUrl: string): Promise<void> {
  const name = new URL(ownerUrl).pathname.slice(1);
  await withClient(await testServerUrl(), (client) => client.query(`drop database if exists ${name} with (force)`));
}

async function copyOf(
  serverUrl: string,
  template: string,
  make: (ownerUrl: string) => Promise<unknown>,
): Promise<string> {
  const name = nameOfNew();
  await withClient(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock(715290012)');
    const found = await client.query('select from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) {
      await client.query(`drop database if exists ${template}_making`);
      await client.query(`create database ${template}_making`);
      await make(urlOf(serverUrl, `${template}_making`));
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

const nameOfNew = (): string => `test_${newUuid().replaceAll('-', '')}`;

function fingerprintOf(sources: readonly MigrationSource[]): string {
  const hash = createHash('sha256').update(readFileSync(new URL('../database/bootstrap.sql', import.meta.url)));
  for (const { schema, folder } of sources) {
    hash.update(schema);
    for (const file of readdirSync(fileURLToPath(folder)).sort())
      hash.update(file).update(readFileSync(new URL(file, folder)));
  }
  return hash.digest('hex').slice(0, 20);
}
