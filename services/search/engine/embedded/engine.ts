import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { treesModel } from '../../domain/ranking/trees.ts';
import type { SearchEngine } from '../engine.ts';
import type { EngineAnswer, EngineCall, WorkerOptions } from './worker.ts';

/** Documents in one message to the worker; more are sent as several. */
const CHANGES_MAX = 200;

/**
 * The engine that needs nothing installed: one thread, one SQLite file and a folder of segments a marketplace in `folder`.
 * See docs/decisions/0010-embedded-search-engine.md. The thread starts with the first call.
 * `model`: path of trees that order hits instead of the default weights (docs/guides/search-ranking.md).
 */
export function createEmbeddedEngine(folder: string, { model }: { readonly model?: string } = {}): SearchEngine {
  // A model that cannot be read is refused now, not by the first search.
  if (model !== undefined) treesModel(JSON.parse(readFileSync(model, 'utf8')));
  let worker: Worker | undefined;
  let lastId = 0;
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();

  const start = (): Worker => {
    const started = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { folder, model: model ?? null } satisfies WorkerOptions,
    });
    started.unref();
    started.on('message', ({ id, answer, error }: EngineAnswer) => {
      const call = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
      if (error === undefined) call?.resolve(answer);
      else call?.reject(new Error(`The search engine failed: ${error}`));
    });
    // A crashed thread fails the calls it held; the next call starts another, which reads the files again.
    const fail = (error: Error): void => {
      if (worker === started) worker = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('error', fail);
    started.on('exit', () => fail(new Error('The search engine has stopped.')));
    return started;
  };

  const call = <Answer>(method: keyof SearchEngine, marketplaceId: string, ...parameters: unknown[]): Promise<Answer> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const id = ++lastId;
      waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      worker.ref();
      worker.postMessage({ id, method, marketplaceId, parameters } satisfies EngineCall);
    });

  return {
    async apply(marketplaceId, changes) {
      for (let from = 0; from < changes.length; from += CHANGES_MAX)
        await call('apply', marketplaceId, changes.slice(from, from + CHANGES_MAX));
    },
    search: (marketplaceId, query) => call('search', marketplaceId, query),
    suggest: (marketplaceId, text, limit) => call('suggest', marketplaceId, text, limit),
    cards: (marketplaceId, listingIds) => call('cards', marketplaceId, listingIds),
    versions: (marketplaceId, ids) => call('versions', marketplaceId, ids),
    status: (marketplaceId) => call('status', marketplaceId),
    held: (marketplaceId, range) => call('held', marketplaceId, range),
    beginRebuild: (marketplaceId) => call('beginRebuild', marketplaceId),
    finishRebuild: (marketplaceId, buildId) => call('finishRebuild', marketplaceId, buildId),
    async close() {
      if (worker !== undefined) await call('close', '');
    },
  };
}
