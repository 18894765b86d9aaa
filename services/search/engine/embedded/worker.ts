import type { MessagePort } from 'node:worker_threads';
import { giveBackWhenIdle } from '@plaza/runtime/idle-memory';
import { answerCalls, callsTo } from '@plaza/runtime/threads';
import type { SearchEngine } from '../engine.ts';
import { MarketplaceIndex } from './marketplace-index.ts';
import type { Follower, FollowerMethods } from './telling.ts';
import { folder, ranking } from './worker-options.ts';

/*
 * The thread that owns the index files. Calls are begun in order; what takes long works in slices, so that a search is
 * never kept waiting, and nothing here ever blocks the server's own thread.
 */

/** `lead`: tells what it writes to a thread that searches, before its first other call. */
export type WriterMethods = SearchEngine & { lead(follower: MessagePort): void };

const followers: Follower[] = [];
const indexes = new Map<string, Promise<MarketplaceIndex>>();

function indexOf(marketplaceId: string): Promise<MarketplaceIndex> {
  const known = indexes.get(marketplaceId);
  if (known !== undefined) return known;
  const opened = MarketplaceIndex.open(folder, marketplaceId, { model: ranking, followers });
  indexes.set(marketplaceId, opened);
  // A disk that was full may not be the next time.
  opened.catch(() => indexes.delete(marketplaceId));
  return opened;
}

const writer: WriterMethods = {
  lead(follower) {
    followers.push(callsTo<FollowerMethods>(follower));
  },
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

answerCalls(writer);
giveBackWhenIdle();
