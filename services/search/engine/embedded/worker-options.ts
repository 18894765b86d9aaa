import { readFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { DEFAULT_WEIGHTS, linearModel } from '../../domain/ranking/model.ts';
import { treesModel } from '../../domain/ranking/trees.ts';

/** What a thread of the engine is started with. `model`: path of the trees that order hits, or null. */
export type WorkerOptions = { readonly folder: string; readonly model: string | null };

const { folder, model } = workerData as WorkerOptions;

export { folder };

/** Trees of the marketplaces' own, or the documented default. */
export const ranking =
  model === null ? linearModel(DEFAULT_WEIGHTS) : treesModel(JSON.parse(readFileSync(model, 'utf8')));
