import type { SearchDocument } from '@plaza/catalog/contract';
import type { HeldDocument } from '../engine/engine.ts';

/** Where an index and the catalog do not agree. */
export type Differences = {
  /** On sale, and not found. */
  readonly missing: readonly SearchDocument[];
  /** Found as they were before. */
  readonly outdated: readonly SearchDocument[];
  /** Found, and not among what is on sale. */
  readonly extra: readonly HeldDocument[];
};

/**
 * Compares the same range of ids of both. What changed in the catalog after `settledMs` (milliseconds since 1970) is left to
 * its own event, which may be on its way. An index that is ahead of what was read of the catalog is right.
 */
export function differencesOf(
  listed: readonly SearchDocument[],
  held: readonly HeldDocument[],
  settledMs: number,
): Differences {
  const heldById = new Map(held.map((each) => [each.id, each]));
  const listedIds = new Set(listed.map(({ id }) => id as string));
  const settled = listed.filter(({ updatedTime }) => Date.parse(updatedTime) <= settledMs);
  return {
    missing: settled.filter(({ id }) => heldById.get(id)?.isFindable !== true),
    outdated: settled.filter(({ id, version, stockVersion }) => {
      const known = heldById.get(id);
      return known?.isFindable === true && (known.version < version || known.stockVersion < stockVersion);
    }),
    extra: held.filter(({ id }) => !listedIds.has(id)),
  };
}
