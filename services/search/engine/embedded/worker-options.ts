import { workerData } from 'node:worker_threads';
import { rankingModelFrom } from '../ranking-model.ts';

/** What a thread of the engine is started with. `model`: path of the trees that order hits, if not by the default. */
export type WorkerOptions = { readonly folder: string; readonly model: string | undefined };

const { folder, model } = workerData as WorkerOptions;

export { folder };

export const ranking = rankingModelFrom(model);
