import { createHash } from 'node:crypto';

/** What a link of the chain covers, besides the hash before it. */
export type ChainContent = {
  readonly sequence: number;
  readonly action: string;
  readonly subject: string;
  readonly actor: unknown;
  readonly details: unknown;
  readonly time: string;
};

/** The hash before the first entry. */
export const CHAIN_START = '0'.repeat(64);

/** SHA-256 over the hash before and the entry as JSON with sorted keys (jsonb does not keep their order). */
export function linkHash(hashBefore: string, entry: ChainContent): string {
  const { sequence, action, subject, actor, details, time } = entry;
  return createHash('sha256')
    .update(`${hashBefore}\n${sortedJson({ sequence, action, subject, actor, details, time })}`)
    .digest('hex');
}

/** The first entry, in order of sequence, whose hash or number does not follow from the one before; null when none. */
export function firstBrokenLink(
  entries: readonly (ChainContent & { hash: string })[],
  before: { sequence: number; hash: string } = { sequence: 0, hash: CHAIN_START },
): number | null {
  let last = before;
  for (const entry of entries) {
    if (entry.sequence !== last.sequence + 1 || entry.hash !== linkHash(last.hash, entry)) return entry.sequence;
    last = entry;
  }
  return null;
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
