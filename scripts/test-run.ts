import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { dropTestDatabase, testServerUrl } from '../packages/runtime/testing/index.ts';
import { demoDatabaseOf } from '../tests/support/demo.ts';

/** What the test files of one run share, told to them by their environment. */
export type TestRun = { readonly environment: Readonly<Record<string, string>>; end(): Promise<void> };

/**
 * Begins a run: its database server is started before its files are, two of which would else start it at once, and one
 * of them would fail; its folder holds what one file makes for all, as the filled demo.
 */
export async function beginTestRun(): Promise<TestRun> {
  const serverUrl = await testServerUrl();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-test-run-'));
  return {
    environment: { PLAZA_TEST_DATABASE_URL: serverUrl, PLAZA_TEST_RUN_FOLDER: folder },
    async end() {
      const demo = await demoDatabaseOf(folder);
      if (demo !== undefined) await dropTestDatabase(demo);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
