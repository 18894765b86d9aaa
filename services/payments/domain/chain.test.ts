import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CHAIN_START, type ChainedTransfer, type ChainHead, firstBrokenLink, type Link, linkAfter } from './chain.ts';

const transfer = fc.record<ChainedTransfer>({
  id: fc.uuid(),
  key: fc.string(),
  kind: fc.constantFrom('capture', 'hold', 'release'),
  paymentId: fc.option(fc.uuid()),
  orderId: fc.option(fc.uuid()),
  groupId: fc.constant(null),
  payoutId: fc.constant(null),
  createdMicros: fc.integer({ min: 0, max: 2 ** 52 }),
  entries: fc.array(
    fc.record({
      accountId: fc.uuid(),
      stripe: fc.nat(8),
      version: fc.nat(),
      currency: fc.constantFrom('USD', 'JPY', 'KWD'),
      amountMinor: fc.integer(),
      balanceAfterMinor: fc.integer(),
      createdMicros: fc.nat(),
    }),
    { minLength: 2, maxLength: 4 },
  ),
});
const transfers = fc.uniqueArray(transfer, { minLength: 2, maxLength: 8, selector: ({ id }) => id });

function chainOf(all: readonly ChainedTransfer[], from: ChainHead = CHAIN_START): Link[] {
  let head = from;
  return all.map((each) => {
    head = linkAfter(head, each);
    return { ...head, transfer: each };
  });
}

/** Every kind of change that a chain must show, at a place; answers the links as they are read afterwards. */
const TAMPERINGS: Record<string, (chain: Link[], at: number) => Link[]> = {
  'an amount': (chain, at) =>
    changed(chain, at, (each) => ({
      ...each,
      entries: each.entries.map((entry, i) => (i === 0 ? { ...entry, amountMinor: entry.amountMinor + 1 } : entry)),
    })),
  'a time': (chain, at) => changed(chain, at, (each) => ({ ...each, createdMicros: each.createdMicros + 1 })),
  'what it is about': (chain, at) => changed(chain, at, (each) => ({ ...each, orderId: 'another' })),
  'an entry gone': (chain, at) => changed(chain, at, (each) => ({ ...each, entries: each.entries.slice(1) })),
  'a transfer gone': (chain, at) => chain.map((link, i) => (i === at ? { ...link, transfer: null } : link)),
  "two in each other's place": (chain, at) =>
    chain.map((link, i) => {
      const other = i === at ? at + 1 : i === at + 1 ? at : i;
      return { ...link, transfer: chain[other]?.transfer ?? null };
    }),
};

function changed(chain: readonly Link[], at: number, change: (each: ChainedTransfer) => ChainedTransfer): Link[] {
  return chain.map((link, i) =>
    i === at && link.transfer !== null ? { ...link, transfer: change(link.transfer) } : link,
  );
}

test('a chain as it was written is whole, read in one piece or several', () => {
  fc.assert(
    fc.property(transfers, fc.nat(8), (all, cut) => {
      const chain = chainOf(all);
      const [first, second] = [chain.slice(0, cut), chain.slice(cut)];
      return (
        firstBrokenLink(CHAIN_START, first) === null && firstBrokenLink(first.at(-1) ?? CHAIN_START, second) === null
      );
    }),
  );
});

for (const [what, tamper] of Object.entries(TAMPERINGS)) {
  test(`${what}: the first link it touches is named`, () => {
    fc.assert(
      fc.property(transfers, fc.nat(), (all, seed) => {
        const chain = chainOf(all);
        const at = seed % (chain.length - 1);
        assert.equal(firstBrokenLink(CHAIN_START, tamper(chain, at))?.sequence, at + 1);
      }),
    );
  });
}

test('a link taken out of the middle breaks the chain at the one behind it', () => {
  fc.assert(
    fc.property(transfers, fc.nat(), (all, seed) => {
      const chain = chainOf(all);
      const at = seed % (chain.length - 1);
      const rest = chain.filter((_, i) => i !== at);
      assert.equal(firstBrokenLink(CHAIN_START, rest)?.sequence, at + 2);
    }),
  );
});
