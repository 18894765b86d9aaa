import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { FEATURES } from '../../domain/ranking/features.ts';
import { createEmbeddedEngine } from './engine.ts';

const MODEL = JSON.stringify({
  feature_names: FEATURES,
  tree_info: [{ tree_structure: { leaf_value: 1 } }],
});

test('threads that crash fail the calls they held, and the next call starts others', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-engine-'));
  t.after(() => rm(folder, { recursive: true }));
  const model = path.join(folder, 'model.json');
  await writeFile(model, MODEL);
  const engine = createEmbeddedEngine(path.join(folder, 'search'), { model, threads: 3 });
  // No thread starts without the model, which was there when the engine was made.
  await rm(model);
  await assert.rejects(engine.status('bazaar'), Error);
  await writeFile(model, MODEL);
  assert.deepEqual(await engine.status('bazaar'), { documentCount: 0, buildId: null });
  assert.deepEqual(await engine.cards('bazaar', ['d1']), []);
  await engine.close();
});
