import { readFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { answerCalls } from '@plaza/runtime/threads';
import { treesModel } from '../../domain/ranking/trees.ts';
import type { SearchEngine } from '../engine.ts';
import { MarketplaceIndex } from './marketplace-index.ts';

/*
 * The thread that owns the index files. Calls are begun in order; what takes long works in slices, so that a search is
 * never kept waiting, and nothing here ever blocks the server's own thread.
 */

/** `model`: path of the trees that order hits, or null. */
export type WorkerOptions = { readonly folder: string; readonly model: string | null };

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

const engine: SearchEngine = {
  apply: async (id, changes) => (await indexOf(id)).apply(changes),
  search: async (id, query) => (await indexOf(id)).search(query),
  suggest: async (id, text, limit) => (await indexOf(id)).suggest(text, limit),
  cards: async (id, listingIds) => (await indexOf(id)).cards(listingIds),
  versions: async (id, listingIds) => (await indexOf(id)).versions(listingIds),
  status: async (id) => (await indexOf(id)).status(),
  held: async (id, range) => (await indexOf(id)).held(range),
  beginRebuild: async (id) => (await indexOf(id)).beginRebuild(),
  finishRebuild: async (id, buildId) => (await indexOf(id)).finishRebuild(buildId),
  async close() {
    for (const index of indexes.values()) await (await index).close();
    indexes.clear();
  },
};

answerCalls(engine);
