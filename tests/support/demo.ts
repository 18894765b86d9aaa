import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { testServerUrl } from '@plaza/runtime/testing';
import pg from 'pg';
import { eventually } from './eventually.ts';
import { copyInstallation, createEmptyInstallation, type Installation } from './installation.ts';
import { type Plaza, startPlaza } from './plaza.ts';

/** Any constant will do; it names the one making of the demo that may run at a time on the tests' PostgreSQL. */
const LOCK_KEY = 715_290_014;
const REST_MS = 120_000;

/** The demo of a run of `npm test`, in the run's own folder. */
const placesIn = (runFolder: string) => ({
  demo: path.join(runFolder, 'demo'),
  data: path.join(runFolder, 'demo', 'data'),
  databaseUrl: path.join(runFolder, 'demo', 'database-url'),
});

/**
 * An installation as the demo's first start leaves it. The test files of a run copy the one that the first of them
 * to ask has had filled; a file that runs alone gets an empty one, which its server fills.
 */
export async function createDemoInstallation(): Promise<Installation> {
  const runFolder = process.env.PLAZA_TEST_RUN_FOLDER;
  if (runFolder === undefined) return createEmptyInstallation();
  const databaseUrl = await oneAtATime(async () => (await demoDatabaseOf(runFolder)) ?? fillDemo(runFolder));
  return copyInstallation({ databaseUrl, folder: placesIn(runFolder).data });
}

/** The database that the demo of a run lies in; undefined when no test has asked for it. */
export async function demoDatabaseOf(runFolder: string): Promise<string | undefined> {
  const { databaseUrl } = placesIn(runFolder);
  return existsSync(databaseUrl) ? readFile(databaseUrl, 'utf8') : undefined;
}

/** Starts the demo as `npm start` does, lets it come to rest, and keeps what it leaves. Its database's address is written last. */
async function fillDemo(runFolder: string): Promise<string> {
  const { demo, data, databaseUrl } = placesIn(runFolder);
  const installation = await createEmptyInstallation();
  const plaza = await startPlaza({ installation, environment: { PLAZA_DEMO: 'on' } });
  await eventually(() => assertAtRest(plaza), { withinMs: REST_MS });
  await plaza.stop();
  await mkdir(demo);
  await rename(installation.folder, data);
  await writeFile(databaseUrl, installation.databaseUrl);
  return installation.databaseUrl;
}

/** All pictures were looked at, which no copy then need do again, and all events have arrived. */
async function assertAtRest(plaza: Plaza): Promise<void> {
  const unseen = await plaza.rows(`select 1 from media.picture_look where model = ''`);
  assert.equal(unseen.length, 0, 'pictures wait to be looked at');
  const outboxes = await plaza.rows<{ name: string }>(
    `select format('%I.outbox', schemaname) as name from pg_tables where tablename = 'outbox'`,
  );
  const waiting = await plaza.rows(outboxes.map(({ name }) => `select 1 from ${name}`).join(' union all '));
  assert.equal(waiting.length, 0, 'events are on their way');
}

/** Does the work while no other file does such work. */
async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: await testServerUrl() });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(${LOCK_KEY})`);
    return await work();
  } finally {
    await client.end();
  }
}
