import { parentPort, workerData } from 'node:worker_threads';
import type { SearchEngine } from '../engine.ts';
import { MarketplaceIndex } from './marketplace-index.ts';

/*
 * The thread that owns the index files. One message is one call, answered in order, so a long batch of changes never
 * blocks the server's own thread.
 */

export type EngineCall = {
  readonly id: number;
  readonly method: keyof SearchEngine;
  readonly marketplaceId: string;
  readonly parameters: readonly unknown[];
};
export type EngineAnswer = { readonly id: number; readonly answer?: unknown; readonly error?: string };

const { folder } = workerData as { folder: string | null };
const indexes = new Map<string, MarketplaceIndex>();

function indexOf(marketplaceId: string): MarketplaceIndex {
  let index = indexes.get(marketplaceId);
  if (index === undefined) {
    index = new MarketplaceIndex(folder, marketplaceId);
    indexes.set(marketplaceId, index);
  }
  return index;
}

parentPort?.on('message', ({ id, method, marketplaceId, parameters }: EngineCall) => {
  try {
    if (method === 'close') {
      for (const index of indexes.values()) index.close();
      indexes.clear();
      parentPort?.postMessage({ id } satisfies EngineAnswer);
      parentPort?.close();
      return;
    }
    const index = indexOf(marketplaceId);
    const call = index[method] as (...all: readonly unknown[]) => unknown;
    parentPort?.postMessage({ id, answer: call.apply(index, [...parameters]) } satisfies EngineAnswer);
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
