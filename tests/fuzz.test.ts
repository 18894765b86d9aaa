import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { offer, openShop, signUpWithEveryRole } from './support/shop.ts';

const run = promisify(execFile);
const VERSION = '4.32.5';
const ROOM = path.join(os.tmpdir(), `plaza-schemathesis-${VERSION}-${os.userInfo().username}`);
const PROGRAM = path.join(ROOM, 'bin', 'schemathesis');

/** Schemathesis from PyPI, in a room of its own that the next run finds again. */
async function install(): Promise<void> {
  if (existsSync(PROGRAM)) return;
  try {
    await run('python3', ['-m', 'venv', '--clear', ROOM]);
    await run(path.join(ROOM, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`], { timeout: 180_000 });
  } catch (cause) {
    await rm(ROOM, { recursive: true, force: true });
    throw new Error('The fuzzer needs python3 with venv and PyPI: apt-get install python3-venv', { cause });
  }
}

let plaza: Plaza;
before(async () => {
  await install();
  plaza = await startPlaza({ environment: { PLAZA_CHECK_ANSWERS: 'whole' } });
});
after(() => plaza?.[Symbol.asyncDispose]());

test('no request that a fuzzer makes of the OpenAPI document gets an answer that the document does not describe', async () => {
  const { token } = await signUpWithEveryRole(plaza, 'bazaar');
  await offer(plaza, 'bazaar', await openShop(plaza, 'bazaar'));
  const parameters = [
    'run',
    `${plaza.url}/api/v1/openapi.json`,
    '--header=X-Marketplace:bazaar',
    `--header=Authorization:Bearer ${token}`,
    // It ends the session that the others need; tests/contracts.test.ts has it.
    '--exclude-operation-id=signOut',
    '--checks=not_a_server_error,status_code_conformance,response_schema_conformance,content_type_conformance',
    // Not its first phase: that each example is answered as documented is what tests/contracts.test.ts shows.
    '--phases=coverage,fuzzing',
    '--max-examples=3',
    '--seed=20261121',
    '--generation-database=none',
    '--suppress-health-check=all',
    '--warnings=off',
    '--continue-on-failure',
    '--no-shrink',
    '--no-color',
    '--request-timeout=10',
    // With more, Python 3.11 itself fails now and then: its parser shares its depth counter between threads.
    '--workers=1',
  ];
  // Two at once, each with a part of the paths: it is the fuzzer that takes time, not the server.
  const parts = ['--include-path-regex=^/api/v1/[a-o]', '--exclude-path-regex=^/api/v1/[a-o]'];
  const results = await Promise.all(
    parts.map((part) =>
      run(PROGRAM, [...parameters, part], { cwd: ROOM, timeout: 1_800_000, maxBuffer: 64 << 20 }).then(
        ({ stdout }) => ({ stdout, code: 0 }),
        (error: { stdout: string; code: number }) => error,
      ),
    ),
  );
  for (const { code, stdout } of results) assert.equal(code, 0, stdout);
  assert.deepEqual(plaza.faults(), []);
});
