import { createHash } from 'node:crypto';

/** Whatever of a transfer is history: all of it. UUIDs as PostgreSQL writes them; amounts in minor units. */
export type ChainedTransfer = {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly paymentId: string | null;
  readonly orderId: string | null;
  readonly groupId: string | null;
  readonly payoutId: string | null;
  /** Microseconds since 1970, as PostgreSQL keeps time. */
  readonly createdMicros: number;
  /** By account, then stripe, then version. */
  readonly entries: readonly ChainedEntry[];
};

export type ChainedEntry = {
  readonly accountId: string;
  readonly stripe: number;
  readonly version: number;
  readonly currency: string;
  readonly amountMinor: number;
  readonly balanceAfterMinor: number;
  readonly createdMicros: number;
};

/** A link as it was written. `transfer`: as it is read now; null when there is none any more. */
export type Link = {
  readonly sequence: number;
  readonly hash: string;
  readonly transfer: ChainedTransfer | null;
};

/** Where a chain ends: its last number, and the hash that vouches for all before it. */
export type ChainHead = { readonly sequence: number; readonly hash: string };

/** The head of a chain without links. */
export const CHAIN_START: ChainHead = { sequence: 0, hash: '0'.repeat(64) };

/** The head after `transfer` was linked. */
export function linkAfter(before: ChainHead, transfer: ChainedTransfer): ChainHead {
  const sequence = before.sequence + 1;
  const hash = createHash('sha256').update(before.hash, 'hex').update(canonicalBytes(sequence, transfer)).digest('hex');
  return { sequence, hash };
}

/**
 * The first of these links that does not follow from the one before: changed, gone, or in another's place. Null when
 * all do. A missing number breaks at the link behind it.
 */
export function firstBrokenLink(before: ChainHead, links: readonly Link[]): Link | null {
  let head = before;
  for (const link of links) {
    if (link.transfer === null) return link;
    head = linkAfter(head, link.transfer);
    if (link.sequence !== head.sequence || link.hash !== head.hash) return link;
  }
  return null;
}

/** JSON of arrays in a fixed order: nothing to sort, and no two transfers with the same bytes. */
function canonicalBytes(sequence: number, transfer: ChainedTransfer): string {
  const { id, key, kind, paymentId, orderId, groupId, payoutId, createdMicros, entries } = transfer;
  return JSON.stringify([
    sequence,
    [id, key, kind, paymentId, orderId, groupId, payoutId, createdMicros],
    entries.map((entry) => [
      entry.accountId,
      entry.stripe,
      entry.version,
      entry.currency,
      entry.amountMinor,
      entry.balanceAfterMinor,
      entry.createdMicros,
    ]),
  ]);
}
