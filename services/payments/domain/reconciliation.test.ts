import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compare, kindOf, type OwnMovement, type ReportLine } from './reconciliation.ts';

const time = new Date('2026-11-20T12:00:00Z');
const own = (reference: string, amountMinor: number): OwnMovement => ({
  subject: amountMinor < 0 ? 'refund' : 'payment',
  reference,
  paymentId: reference,
  amountMinor,
  currency: 'USD',
});
const line = (reference: string, amountMinor: number, feeMinor = 0): ReportLine => ({
  subject: amountMinor < 0 ? 'refund' : 'payment',
  reference,
  amountMinor,
  feeMinor,
  currency: 'USD',
  time,
});

test('what one side has and the other has not, or has otherwise, is told movement by movement', () => {
  const { matched, differences, totals } = compare(
    [own('a', 500), own('b', 700), own('c', -200), own('d', 900)],
    [line('a', 500, 20), line('b', 650, 20), line('c', -150), line('c', -50), line('e', 300, 10)],
  );
  assert.equal(matched, 2);
  assert.deepEqual(
    differences.map((each) => [each.reference, kindOf(each), each.theirsMinor - each.oursMinor]),
    [
      ['b', 'amount_differs', -50],
      ['d', 'missing_there', -900],
      ['e', 'missing_here', 300],
    ],
  );
  assert.deepEqual(totals, [{ currency: 'USD', oursMinor: 1_900, theirsMinor: 1_250, feesMinor: 50 }]);
});

test('the same amount in another currency is missing on both sides', () => {
  const { differences } = compare([own('a', 500)], [{ ...line('a', 500), currency: 'THB' }]);
  assert.deepEqual(differences.map(kindOf).sort(), ['missing_here', 'missing_there']);
});

test('the differences are exactly what the totals differ by, however lines are ordered and split', () => {
  const amounts = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: -500, max: 500 })), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(amounts, amounts, (ours, theirs) => {
      const { differences, totals, matched } = compare(
        ours.map(([reference, amount]) => own(reference, amount)),
        theirs.map(([reference, amount]) => line(reference, amount)),
      );
      const told = differences.reduce((sum, each) => sum + each.theirsMinor - each.oursMinor, 0);
      const [total] = totals;
      assert.equal(told, (total?.theirsMinor ?? 0) - (total?.oursMinor ?? 0));
      assert.ok(matched >= 0);
      assert.ok(differences.every((each) => each.oursMinor !== each.theirsMinor));
    }),
  );
});
