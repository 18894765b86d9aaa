/** Part of every index's name: an index of another format is left alone, and the service fills a new one. */
const FORMAT = 5;

/** What a marketplace's index is called by everyone. It is an alias, so that a bulk write never makes an index of its own. */
export function aliasOf(prefix: string, marketplaceId: string): string {
  return `${prefix}-search-${FORMAT}-${marketplaceId}`;
}

/** The index behind the alias. */
export function indexNameOf(alias: string): string {
  return `${alias}.index`;
}

/**
 * Fields are not analyzed by OpenSearch: words come as `domain/words.ts` cuts them, weighed as `domain/analysis.ts` weighs
 * them. One shard, because words are counted in each alone.
 */
export function indexDefinition(alias: string) {
  const kept = { type: 'keyword', index: false, doc_values: false, store: true } as const;
  return {
    // What a rebuild writes is found after so long; news are refreshed by who writes them.
    settings: { number_of_shards: 1, auto_expand_replicas: '0-1', 'index.refresh_interval': '5s' },
    aliases: { [alias]: {} },
    mappings: {
      dynamic: false,
      properties: {
        id: { type: 'keyword' },
        isListed: { type: 'boolean' },
        /** The rebuild that last saw it. */
        generation: { type: 'long' },
        /** How much it is about a word, 1 to 255. */
        impacts: { type: 'rank_features' },
        terms: { type: 'keyword', doc_values: false },
        /** `term surface`: completions, and what a mended word is called. */
        words: { type: 'keyword' },
        /** `key:value`. */
        facts: { type: 'keyword' },
        priceMinor: { type: 'long' },
        publishedMs: { type: 'long' },
        isInStock: { type: 'boolean' },
        /** How well it is rated; 0 where nobody reviewed it. */
        rated: { type: 'long' },
        spot: { type: 'geo_point' },
        storeId: { type: 'keyword' },
        storeName: { type: 'keyword' },
        storeSlug: { type: 'keyword' },
        // Read for each hit, and without reading the whole document.
        card: kept,
        titleTerms: kept,
        /** `latitude,longitude`, to be read. */
        spotText: kept,
      },
    },
  };
}
