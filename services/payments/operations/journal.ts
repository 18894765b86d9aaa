import { type Context, type Handlers, idFromUuid } from '@plaza/kernel';
import type { Database, Queries } from '@plaza/runtime';
import type { JournalVerdict, paymentsContract } from '../contract.ts';
import { CHAIN_START, type ChainHead, firstBrokenLink } from '../domain/chain.ts';
import { findOutside, hasWaiting, type LinkOf, linkWaiting, readHead, readLinks, readWaiting } from '../store/chain.ts';
import type { Dependencies } from './dependencies.ts';

/** Stretches linked in one run, so that one marketplace's crowd does not keep the others waiting. */
const STRETCHES_MAX = 100;

/** Adds what was posted since the last run to the chain. What a killed run did not commit is added by the next. */
export function linkJournal({ database, clock }: Pick<Dependencies, 'database' | 'clock'>) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    for (let stretch = 0; stretch < STRETCHES_MAX; stretch++) {
      if (!(await hasWaiting(database.read(marketplaceId), marketplaceId))) return;
      const linked = await database.transaction(marketplaceId, (tx) => linkWaiting(tx, clock()));
      if (linked === 0) return;
    }
  };
}

/** The state of the chain, and whether it is whole. */
export function journalReads({
  database,
}: Pick<Dependencies, 'database'>): Pick<Handlers<typeof paymentsContract>, 'getJournal' | 'verifyJournal'> {
  return {
    getJournal: async ({ context: { marketplaceId } }) => {
      const queries = database.read(marketplaceId);
      return stateOf(queries, marketplaceId, await readHead(queries, marketplaceId));
    },
    verifyJournal: ({ input: { notedHead }, context: { marketplaceId } }) => {
      const [sequence, hash] = notedHead?.split(':') ?? [];
      const noted = hash === undefined ? undefined : { sequence: Number(sequence), hash };
      return verifyChain(database, marketplaceId, noted);
    },
  };
}

/**
 * Walks the whole chain from its start, stretch by stretch, over the transfers as they are now. `noted`: a head that the
 * chain once had, and must have had if nothing was written anew.
 */
export async function verifyChain(
  database: Database,
  marketplaceId: string,
  noted?: ChainHead,
): Promise<JournalVerdict> {
  const queries = database.read(marketplaceId);
  // Looked for first: what is posted during the walk waits, and may be linked before the walk ends.
  const outside = await findOutside(queries, marketplaceId);
  let head: ChainHead = CHAIN_START;
  let isNotedHeadFound = noted === undefined ? null : false;
  let firstBroken: JournalVerdict['firstBroken'] = null;
  for (let isEnd = false; !isEnd && firstBroken === null; ) {
    const links = await readLinks(queries, marketplaceId, head.sequence);
    firstBroken = brokenAmong(head, links);
    if (links.some(({ sequence, hash }) => sequence === noted?.sequence && hash === noted.hash))
      isNotedHeadFound = true;
    head = links.at(-1) ?? head;
    isEnd = links.length === 0;
  }
  const end = firstBroken === null ? head : await readHead(queries, marketplaceId);
  return {
    ...(await stateOf(queries, marketplaceId, end)),
    isIntact: firstBroken === null && outside === undefined && isNotedHeadFound !== false,
    firstBroken,
    isNotedHeadFound,
    outsideTransferId: outside === undefined ? null : idFromUuid('transfer', outside),
  };
}

function brokenAmong(before: ChainHead, links: readonly LinkOf[]): JournalVerdict['firstBroken'] {
  const sequence = firstBrokenLink(before, links)?.sequence;
  const link = links.find((each) => each.sequence === sequence);
  return link === undefined ? null : { sequence: link.sequence, transferId: idFromUuid('transfer', link.transferId) };
}

async function stateOf(queries: Queries, marketplaceId: string, head: ChainHead) {
  const waiting = await readWaiting(queries, marketplaceId);
  return {
    linkCount: head.sequence,
    headHash: head.hash,
    waitingCount: waiting.count,
    waitingSinceTime: waiting.since?.toISOString() ?? null,
  };
}
