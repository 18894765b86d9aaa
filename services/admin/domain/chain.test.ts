import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CHAIN_START, firstBrokenLink, linkHash } from './chain.ts';

function chainOf(actions: readonly string[]) {
  let hash = CHAIN_START;
  return actions.map((action, index) => {
    const entry = {
      sequence: index + 1,
      action,
      subject: 's',
      actor: { kind: 'guest' },
      details: { b: 1, a: [2] },
      time: 't',
    };
    hash = linkHash(hash, entry);
    return { ...entry, hash };
  });
}

test('a chain as it was written is intact', () => {
  fc.assert(fc.property(fc.array(fc.string()), (actions) => firstBrokenLink(chainOf(actions)) === null));
});

test('a changed entry is found at its place', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), (actions, seed) => {
      const at = seed % actions.length;
      const chain = chainOf(actions).map((entry, i) => (i === at ? { ...entry, details: { b: 1, a: [3] } } : entry));
      return firstBrokenLink(chain) === at + 1;
    }),
  );
});

test('a removed entry is found at the one after it', () => {
  const chain = chainOf(['a', 'b', 'c']);
  assert.equal(firstBrokenLink(chain.filter(({ action }) => action !== 'b')), 3);
});

test('the order in which JSON keys come back does not matter', () => {
  const entry = { sequence: 1, action: 'a', subject: 's', actor: {}, time: 't' };
  assert.equal(
    linkHash(CHAIN_START, { ...entry, details: { x: 1, y: 2 } }),
    linkHash(CHAIN_START, { ...entry, details: { y: 2, x: 1 } }),
  );
});
