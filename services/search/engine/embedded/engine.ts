import { readFileSync } from 'node:fs';
import { threadOf } from '@plaza/runtime/threads';
import { treesModel } from '../../domain/ranking/trees.ts';
import type { SearchEngine } from '../engine.ts';
import type { WorkerOptions } from './worker.ts';

/** Documents in one message to the worker; more are sent as several. */
const CHANGES_MAX = 200;

/**
 * The engine that needs nothing installed: one thread, one SQLite file and a folder of segments a marketplace in `folder`.
 * See docs/decisions/0010-embedded-search-engine.md. The thread starts with the first call; after a crash the next call
 * starts another, which reads the files again.
 * `model`: path of trees that order hits instead of the default weights (docs/guides/search-ranking.md).
 */
export function createEmbeddedEngine(folder: string, { model }: { readonly model?: string } = {}): SearchEngine {
  // A model that cannot be read is refused now, not by the first search.
  if (model !== undefined) treesModel(JSON.parse(readFileSync(model, 'utf8')));
  const options = { folder, model: model ?? null } satisfies WorkerOptions;
  const thread = threadOf<SearchEngine>(new URL('./worker.ts', import.meta.url), options);

  return {
    async apply(marketplaceId, changes) {
      for (let from = 0; from < changes.length; from += CHANGES_MAX)
        await thread.call('apply', marketplaceId, changes.slice(from, from + CHANGES_MAX));
    },
    search: (...given) => thread.call('search', ...given),
    suggest: (...given) => thread.call('suggest', ...given),
    cards: (...given) => thread.call('cards', ...given),
    versions: (...given) => thread.call('versions', ...given),
    status: (...given) => thread.call('status', ...given),
    held: (...given) => thread.call('held', ...given),
    beginRebuild: (...given) => thread.call('beginRebuild', ...given),
    finishRebuild: (...given) => thread.call('finishRebuild', ...given),
    async close() {
      if (thread.isRunning) await thread.call('close');
      await thread.close();
    },
  };
}
