import { type Context, newestOf } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import { labelOf } from '@plaza/runtime/models';
import type { SearchEngine } from '../engine/engine.ts';
import { noteTexts } from '../store/meaning.ts';
import type { Neighbor } from '../vectors/vector-index.ts';
import type { Embeddings } from './embeddings.ts';
import { createFilling } from './filling.ts';
import { createHeldVectors } from './held-vectors.ts';
import { queryVectors } from './queries.ts';
import { textOf } from './text.ts';

/** How long a search waits for what is near; without it, it finds by words. */
const PATIENCE_MS = 150;
/** How long nobody waits after a model failed. */
const QUIET_MS = 5_000;

/** What is near a text, or a listing, in one marketplace. */
export type Meaning = {
  /** False: only letters are compared (`Embeddings`). */
  readonly isOfMeaning: boolean;
  /** The nearest listings; none when the model fails, is slow, or is new here. */
  nearText(marketplaceId: string, text: string, count: number): Promise<Neighbor[]>;
  /** The listings nearest to one, without it. */
  nearListing(marketplaceId: string, listingId: string, count: number): Promise<Neighbor[]>;
  /** An engine whose documents get vectors too, a little after their words. */
  following(engine: SearchEngine): SearchEngine;
  /** Makes vectors of what is due. */
  fill(context: Context): Promise<void>;
  close(): Promise<void>;
};

export function createMeaning({
  database,
  clock,
  log,
  embeddings,
  patienceMs = PATIENCE_MS,
}: Pick<Platform, 'database' | 'clock' | 'log'> & {
  readonly embeddings: Embeddings;
  readonly patienceMs?: number;
}): Meaning {
  const vectors = createHeldVectors({ database, clock, model: labelOf(embeddings) });
  const vectorOf = queryVectors(embeddings);
  let quietUntilMs = Number.NEGATIVE_INFINITY;

  async function nearText(marketplaceId: string, text: string, count: number): Promise<Neighbor[]> {
    const vector = await vectorOf(text);
    return vectors.nearest(marketplaceId, vector, count);
  }

  return {
    isOfMeaning: embeddings.isOfMeaning,
    async nearText(marketplaceId, text, count) {
      if (clock().getTime() < quietUntilMs) return [];
      try {
        return await within(patienceMs, nearText(marketplaceId, text, count));
      } catch (error) {
        quietUntilMs = clock().getTime() + QUIET_MS;
        log.warn({ err: error, marketplaceId }, 'search goes on by words alone: the model of meaning failed');
        return [];
      }
    },
    nearListing: (marketplaceId, listingId, count) => vectors.nearestTo(marketplaceId, listingId, count),
    following: (engine) => ({
      ...engine,
      async apply(marketplaceId, changes, options) {
        await engine.apply(marketplaceId, changes, options);
        const documents = changes.flatMap((change) => (change.kind === 'document' ? [change.document] : []));
        const newest = newestOf(
          documents,
          ({ id }) => id,
          ({ version }) => version,
        );
        if (newest.length > 0)
          await noteTexts(
            database.read(marketplaceId),
            marketplaceId,
            newest.map(({ id, version, isListed, texts }) => {
              return { listingId: id, version, text: isListed ? textOf(texts) : null };
            }),
          );
      },
    }),
    fill: createFilling({ database, embeddings, vectors, clock }),
    async close() {
      await vectors.close();
      await embeddings.close();
    },
  };
}

/** Nothing, when it takes longer: it goes on, so that the next who asks the same need not wait. */
async function within(mostMs: number, work: Promise<Neighbor[]>): Promise<Neighbor[]> {
  const timer = Promise.withResolvers<Neighbor[]>();
  const handle = setTimeout(() => timer.resolve([]), mostMs);
  // What fails after that is told to whoever asks next.
  work.catch(() => {});
  try {
    return await Promise.race([work, timer.promise]);
  } finally {
    clearTimeout(handle);
  }
}
