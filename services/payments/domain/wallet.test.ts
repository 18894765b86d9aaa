import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { limitReached, limitsOf, splitReturn } from './wallet.ts';

test('refunds in any pieces give the source back no more than it paid, and the wallet the rest', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.nat(10_000),
      fc.array(fc.tuple(fc.nat(100), fc.constantFrom('source' as const, 'wallet' as const)), { maxLength: 10 }),
      (walletMinor, cardMinor, parts) => {
        const paid = { amountMinor: walletMinor + cardMinor, walletMinor, refundedMinor: 0, walletRefundedMinor: 0 };
        for (const [part, to] of [...parts, [100, 'source'] as const]) {
          const amountMinor = Math.floor(((paid.amountMinor - paid.refundedMinor) * part) / 100);
          const { sourceMinor, walletMinor: toWallet } = splitReturn(paid, amountMinor, to);
          assert.equal(sourceMinor + toWallet, amountMinor);
          assert.ok(sourceMinor >= 0 && toWallet >= 0);
          if (to === 'wallet') assert.equal(sourceMinor, 0);
          paid.refundedMinor += amountMinor;
          paid.walletRefundedMinor += toWallet;
          assert.ok(paid.refundedMinor - paid.walletRefundedMinor <= cardMinor);
        }
        assert.equal(paid.refundedMinor, paid.amountMinor);
      },
    ),
  );
});

test('of several limits the first that has too little left is named; one that was lowered has nothing left', () => {
  const settings = { balanceMinor: 1_000, topUpPerDayMinor: 500, payPerDayMinor: 300, withdrawPerDayMinor: 0 };
  const limits = limitsOf(settings, 900, { toppedUpMinor: 450, paidMinor: 400, withdrawnMinor: 0 });
  assert.deepEqual(limits.payPerDay, { limitMinor: 300, usedMinor: 400, leftMinor: 0 });
  assert.equal(limitReached(limits, ['topUpPerDay', 'balance'], 50), undefined);
  assert.equal(limitReached(limits, ['topUpPerDay', 'balance'], 51), 'topUpPerDay');
  assert.equal(limitReached(limits, ['balance'], 101), 'balance');
});
