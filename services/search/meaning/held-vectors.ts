import type { Database } from '@plaza/runtime';
import { findOlderModel, listVectors, type VectorsRead } from '../store/meaning.ts';
import { createShelf } from '../vectors/shelf.ts';
import type { Neighbor } from '../vectors/vector-index.ts';

/** Vectors read at once: some 2 MB. */
const PAGE_VECTORS = 5_000;
/** Vectors are looked for in the database again when they are older: another process may have made some. */
const FRESH_MS = 2_000;
const NOTHING: VectorsRead = { changed: 0, listingId: null };

/** What one marketplace's vectors of one model are called on the shelf, and how far they were read. */
type Held = { read: VectorsRead; readMs: number; reading: Promise<void> | undefined };

export type HeldVectors = ReturnType<typeof createHeldVectors>;

/** The vectors of each marketplace in memory, read from the database when they are first asked for, and followed from then on. */
export function createHeldVectors({
  database,
  model,
  clock,
}: {
  readonly database: Database;
  readonly model: string;
  readonly clock: () => Date;
}) {
  const held = new Map<string, Held>();
  // A thread that crashed has lost them all.
  const shelf = createShelf(() => held.clear());
  const nameOf = (marketplaceId: string, of: string) => `${marketplaceId} ${of}`;

  async function read(marketplaceId: string, of: string, state: Held): Promise<void> {
    const name = nameOf(marketplaceId, of);
    for (;;) {
      const page = await listVectors(database.read(marketplaceId), marketplaceId, {
        model: of,
        after: state.read,
        limit: PAGE_VECTORS,
      });
      await shelf.put(
        name,
        page.map(({ listingId, codes }) => ({ id: listingId, codes })),
      );
      const last = page.at(-1);
      if (last !== undefined) state.read = last;
      if (page.length < PAGE_VECTORS) break;
    }
    state.readMs = clock().getTime();
  }

  /** Reads what is new, if what there is may be old. */
  async function refresh(marketplaceId: string, of: string): Promise<void> {
    const name = nameOf(marketplaceId, of);
    const state = held.get(name) ?? { read: NOTHING, readMs: Number.NEGATIVE_INFINITY, reading: undefined };
    held.set(name, state);
    if (state.reading === undefined && clock().getTime() - state.readMs < FRESH_MS) return;
    state.reading ??= read(marketplaceId, of, state).finally(() => {
      state.reading = undefined;
    });
    await state.reading;
  }

  return {
    async nearest(marketplaceId: string, vector: Float32Array, count: number): Promise<Neighbor[]> {
      await refresh(marketplaceId, model);
      return shelf.nearest(nameOf(marketplaceId, model), vector, count);
    },
    /**
     * Listings near another, without it. While vectors of a new model are being made, those of the model before serve:
     * they are complete.
     */
    async nearestTo(marketplaceId: string, listingId: string, count: number): Promise<Neighbor[]> {
      const older = await findOlderModel(database.read(marketplaceId), marketplaceId, model);
      for (const of of older === undefined ? [model] : [older, model]) {
        await refresh(marketplaceId, of);
        const found = await shelf.nearestTo(nameOf(marketplaceId, of), listingId, count);
        if (found !== undefined) return found;
      }
      return [];
    },
    /** There is something new of this process's own. */
    renew(marketplaceId: string): void {
      const state = held.get(nameOf(marketplaceId, model));
      if (state !== undefined) state.readMs = Number.NEGATIVE_INFINITY;
    },
    /** Forgets those of a model that serves no more. */
    async drop(marketplaceId: string, of: string): Promise<void> {
      held.delete(nameOf(marketplaceId, of));
      await shelf.drop(nameOf(marketplaceId, of));
    },
    close: () => shelf.close(),
  };
}
