import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { outcomeAt, partOf } from './pending.ts';
import type { Posting } from './postings.ts';

/** Amounts out of two stores and into three accounts of the platform, of equal sums up to what a number holds. */
const pending = fc
  .tuple(fc.integer({ min: 3, max: Number.MAX_SAFE_INTEGER }), fc.nat(1_000), fc.nat(1_000), fc.nat(1_000))
  .map(([full, a, b, c]): { full: number; postings: Posting[] } => {
    const cut = (part: number) => Number((BigInt(full) * BigInt(part)) / 1_000n);
    const [low, high] = [cut(Math.min(b, c)), cut(Math.max(b, c))];
    const postings: Posting[] = [
      { purpose: 'seller_available', ownerId: 'a', amountMinor: -cut(a) },
      { purpose: 'seller_available', ownerId: 'b', amountMinor: -(full - cut(a)) },
      { purpose: 'commission', ownerId: null, amountMinor: low },
      { purpose: 'tax_payable', ownerId: null, amountMinor: high - low },
      { purpose: 'bank', ownerId: null, amountMinor: full - high },
    ];
    return { full, postings: postings.filter(({ amountMinor }) => amountMinor !== 0) };
  });

test('a part of a pending transfer sums to zero, to what was asked, and takes from no line more than was kept back', () => {
  fc.assert(
    fc.property(pending, fc.double({ min: 0, max: 1, noNaN: true }), ({ full, postings }, share) => {
      const amountMinor = Math.max(1, Math.floor(full * share));
      const part = partOf(postings, amountMinor);
      const sum = (lines: readonly Posting[]) => lines.reduce((total, line) => total + BigInt(line.amountMinor), 0n);
      assert.equal(sum(part), 0n);
      assert.equal(sum(part.filter((line) => line.amountMinor > 0)), BigInt(amountMinor));
      for (const line of part) {
        const whole = postings.find(({ purpose, ownerId }) => purpose === line.purpose && ownerId === line.ownerId);
        assert.ok(whole !== undefined && Math.sign(whole.amountMinor) === Math.sign(line.amountMinor));
        assert.ok(Math.abs(line.amountMinor) <= Math.abs(whole.amountMinor));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('all of a pending transfer is itself', () => {
  fc.assert(
    fc.property(pending, ({ full, postings }) => {
      const key = ({ purpose, ownerId, amountMinor }: Posting) => `${purpose} ${ownerId} ${amountMinor}`;
      assert.deepEqual(partOf(postings, full).map(key).sort(), postings.map(key).sort());
    }),
  );
});

test('at its expire time a pending transfer is over', () => {
  const at = (ms: number) => new Date(ms);
  assert.equal(outcomeAt('posted', at(1_000), at(999)), 'posted');
  assert.equal(outcomeAt('posted', at(1_000), at(1_000)), 'expired');
  assert.equal(outcomeAt('voided', null, at(1_000)), 'voided');
});
