import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { treesModel } from '../../domain/ranking/trees.ts';
import type { SearchEngine } from '../engine.ts';
import { MarketplaceIndex } from './marketplace-index.ts';

/*
 * The thread that owns the index files. Calls are begun in order; what takes long works in slices, so that a search is
 * never kept waiting, and nothing here ever blocks the server's own thread.
 */

export type EngineCall = {
  readonly id: number;
  readonly method: keyof SearchEngine;
  readonly marketplaceId: string;
  readonly parameters: readonly unknown[];
};
/** `model`: path of the trees that order hits, or null. */
export type WorkerOptions = { readonly folder: string; readonly model: string | null };
export type EngineAnswer = { readonly id: number; readonly answer?: unknown; readonly error?: string };

const { folder, model } = workerData as WorkerOptions;
/** Trees of the marketplaces' own, or the documented default. */
const ranking = model === null ? undefined : treesModel(JSON.parse(readFileSync(model, 'utf8')));
const indexes = new Map<string, Promise<MarketplaceIndex>>();

function indexOf(marketplaceId: string): Promise<MarketplaceIndex> {
  const known = indexes.get(marketplaceId);
  if (known !== undefined) return known;
  const opened = MarketplaceIndex.open(folder, marketplaceId).then((index) => {
    if (ranking !== undefined) index.model = ranking;
    return index;
  });
  indexes.set(marketplaceId, opened);
  // A disk that was full may not be the next time.
  opened.catch(() => indexes.delete(marketplaceId));
  return opened;
}

async function answer({ method, marketplaceId, parameters }: EngineCall): Promise<unknown> {
  if (method === 'close') {
    for (const index of indexes.values()) await (await index).close();
    indexes.clear();
    return undefined;
  }
  const index = await indexOf(marketplaceId);
  const call = index[method] as (...all: readonly unknown[]) => unknown;
  return call.apply(index, [...parameters]);
}

parentPort?.on('message', async (call: EngineCall) => {
  const { id, method } = call;
  try {
    parentPort?.postMessage({ id, answer: await answer(call) } satisfies EngineAnswer);
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
  if (method === 'close') parentPort?.close();
});
