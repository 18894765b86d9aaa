import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readImports } from './imports.ts';
import { circlesOf, FLOORS, violationsOf } from './rules.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const graph = readImports(root);

test('every import goes where the house allows it', () => {
  assert.deepEqual(violationsOf(graph), []);
});

test('no files import each other in a circle', () => {
  assert.deepEqual(circlesOf(graph), []);
});

test('every service stands on a floor and was read', () => {
  for (const service of readdirSync(path.join(root, 'services'))) {
    assert.ok(service in FLOORS, `${service} has no floor`);
    assert.ok(
      graph.files.some((file) => file.startsWith(`services/${service}/`)),
      `${service} was not read`,
    );
  }
  assert.ok(graph.imports.length > 200);
});

const planted: readonly [file: string, text: string, because: RegExp][] = [
  [
    'services/catalog/operations/x.ts',
    "import type { ordersContract } from '@plaza/orders/contract';",
    /below its floor/,
  ],
  ['services/catalog/operations/x.ts', "import { y } from '@plaza/media';", /contract and events/],
  ['services/catalog/operations/x.ts', "export { y } from '../../media/store.ts';", /through packages/],
  ['services/catalog/domain/x.ts', "import { sql } from '@plaza/runtime';", /pure/],
  ['services/catalog/domain/x.ts', "import { y } from '../store/listing.ts';", /neither store/],
  ['services/catalog/store.ts', "import pg from 'pg';", /drivers/],
  ['services/catalog/contract.ts', "import { oc } from '@orpc/contract';", /oRPC/],
  ['packages/kernel/x.ts', "import { y } from '@plaza/runtime';", /imports no one/],
  ['packages/runtime/x.ts', "import type { y } from '@plaza/catalog/contract';", /only the kernel/],
  ['apps/web/lib/x.ts', "import { y } from '@plaza/runtime';", /through the SDK/],
];

for (const [file, text, because] of planted) {
  test(`the fence holds: ${file} may not ${text}`, () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'plaza-fence-'));
    try {
      for (const place of ['packages', 'services', 'sdk', 'apps/server', 'apps/web'])
        mkdirSync(path.join(folder, place), { recursive: true });
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), `${text}\n`);
      const violations = violationsOf(readImports(folder));
      assert.equal(violations.length, 1);
      assert.match(violations[0]?.because ?? '', because);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
