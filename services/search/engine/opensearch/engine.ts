import type { SearchEngine } from '../engine.ts';
import { rankingModelFrom } from '../ranking-model.ts';
import { Changes } from './changes.ts';
import { createClient } from './client.ts';
import { aliasOf } from './index-definition.ts';
import { Records } from './records.ts';
import { cardsOf, searchIndex, suggestIn } from './search.ts';
import { keepWordCounts } from './word-counts.ts';

/** How long a search may take. */
const TIMEOUT_MS = 5_000;

/**
 * The engine for an OpenSearch cluster, which any number of processes share. See docs/decisions/0030-opensearch.md. `prefix`
 * begins the names of its indexes. Every call throws UNAVAILABLE while the cluster is away; nothing is kept here but, for
 * some seconds, how frequent words are, so that it works again as soon as the cluster does.
 */
export function createOpenSearchEngine({
  address,
  prefix = 'plaza',
  timeoutMs = TIMEOUT_MS,
  model: file,
  onTook,
}: {
  readonly address: string;
  readonly prefix?: string;
  readonly timeoutMs?: number;
  /** Path of trees that order hits instead of the default weights (docs/guides/search-ranking.md). */
  readonly model?: string;
  /** Hears what the cluster says each request took it, to measure what is left to us. */
  readonly onTook?: (tookMs: number) => void;
}): SearchEngine {
  const client = createClient(address, { timeoutMs, ...(onTook === undefined ? {} : { onTook }) });
  const wordCountsOf = keepWordCounts();
  const model = rankingModelFrom(file);
  const recordsOf = (marketplaceId: string) => {
    const alias = aliasOf(prefix, marketplaceId);
    return new Records(client, alias, wordCountsOf(alias));
  };
  const changesOf = (marketplaceId: string) => new Changes(recordsOf(marketplaceId));
  return {
    apply: (marketplaceId, changes, options) => changesOf(marketplaceId).apply(changes, options),
    search(marketplaceId, query) {
      const records = recordsOf(marketplaceId);
      return records.within(() => searchIndex(records, query, model));
    },
    suggest(marketplaceId, text, limit) {
      const records = recordsOf(marketplaceId);
      return records.within(() => suggestIn(records, { text, limit }, model));
    },
    async cards(marketplaceId, listingIds) {
      const records = recordsOf(marketplaceId);
      return (await records.within(() => cardsOf(records, listingIds))).map(({ card }) => card);
    },
    versions: (marketplaceId, ids) => changesOf(marketplaceId).versions(ids),
    status: (marketplaceId) => changesOf(marketplaceId).status(),
    held: (marketplaceId, range) => recordsOf(marketplaceId).held(range),
    beginRebuild: (marketplaceId) => changesOf(marketplaceId).beginRebuild(),
    finishRebuild: (marketplaceId, buildId) => changesOf(marketplaceId).finishRebuild(buildId),
    async close() {
      // Requests end by themselves, and so do connections that nobody uses.
    },
  };
}
