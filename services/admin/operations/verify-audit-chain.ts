import type { Handler } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import type { adminContract } from '../contract.ts';
import { CHAIN_START, firstBrokenLink } from '../domain/chain.ts';
import { readChain } from '../store.ts';

/** Entries held in memory at once. */
const STRETCH_MAX = 1_000;

/** Walks the whole chain in stretches. */
export function verifyAuditChain(database: Database): Handler<typeof adminContract.verifyAuditChain> {
  return async ({ context }) => {
    const queries = database.read(context.marketplaceId);
    let last = { sequence: 0, hash: CHAIN_START };
    for (;;) {
      const stretch = await readChain(queries, context.marketplaceId, last.sequence, STRETCH_MAX);
      const broken = firstBrokenLink(stretch, last);
      if (broken !== null) return { entryCount: last.sequence, isIntact: false, firstBrokenSequence: broken };
      const end = stretch.at(-1);
      if (end === undefined) return { entryCount: last.sequence, isIntact: true, firstBrokenSequence: null };
      last = end;
    }
  };
}
