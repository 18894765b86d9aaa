import type { Context } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import { InputRefused, labelOf, quantized } from '@plaza/runtime/models';
import {
  findOlderModel,
  forgetOtherModels,
  listDue,
  type MeaningText,
  markUnembedded,
  saveVectors,
} from '../store/meaning.ts';
import type { Embeddings } from './embeddings.ts';
import type { HeldVectors } from './held-vectors.ts';

/** Texts turned into vectors and kept at once. */
const TEXTS_AT_ONCE = 64;
/** How long one run may go on for a marketplace; then the others have their turn. */
const RUN_MS = 4_000;
/** How long a model that failed is left in peace. */
const QUIET_MS = 15_000;

/**
 * Makes vectors of what is due, oldest ids first, and forgets those of a model before once all are made. Safe to repeat and
 * to break off anywhere: what was kept is done. Throws what the model threw.
 */
export function createFilling({
  database,
  embeddings,
  vectors,
  clock,
}: {
  readonly database: Database;
  readonly embeddings: Embeddings;
  readonly vectors: Pick<HeldVectors, 'renew' | 'drop'>;
  readonly clock: () => Date;
}): (context: Context) => Promise<void> {
  const model = labelOf(embeddings);
  /** Marketplaces in which vectors of another model, or none, were found at this process's start. */
  const marked = new Set<string>();
  let quietUntilMs = Number.NEGATIVE_INFINITY;

  async function fill(marketplaceId: string): Promise<void> {
    const queries = database.read(marketplaceId);
    if (!marked.has(marketplaceId)) await markUnembedded(queries, marketplaceId, model);
    marked.add(marketplaceId);
    const endMs = performance.now() + RUN_MS;
    while (performance.now() < endMs) {
      const due = await listDue(queries, marketplaceId, TEXTS_AT_ONCE);
      if (due.length === 0) return forgetOlder(marketplaceId);
      const made = await embedded(due);
      await database.transaction(marketplaceId, (tx) => saveVectors(tx, model, made));
      vectors.renew(marketplaceId);
    }
  }

  async function embedded(due: readonly MeaningText[]) {
    const texts = due.flatMap(({ text }) => text ?? []);
    const made = await embedEach(texts);
    let next = 0;
    return due.map(({ listingId, version, text }) => ({
      listingId,
      version,
      codes: text === null ? null : quantized(made[next++] as Float32Array),
    }));
  }

  /** One text that is refused keeps no other from being taken: it is near nothing. */
  async function embedEach(texts: readonly string[]): Promise<Float32Array[]> {
    try {
      return await embeddings.embed(texts, 'listing');
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
      if (texts.length === 1) return [new Float32Array(embeddings.dimensions)];
      const made: Float32Array[] = [];
      for (const text of texts) made.push(...(await embedEach([text])));
      return made;
    }
  }

  async function forgetOlder(marketplaceId: string): Promise<void> {
    const queries = database.read(marketplaceId);
    const older = await findOlderModel(queries, marketplaceId, model);
    if (older === undefined) return;
    await forgetOtherModels(queries, marketplaceId, model);
    await vectors.drop(marketplaceId, older);
  }

  return async ({ marketplaceId }) => {
    if (clock().getTime() < quietUntilMs) return;
    try {
      await fill(marketplaceId);
    } catch (error) {
      quietUntilMs = clock().getTime() + QUIET_MS;
      throw error;
    }
  };
}
