import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { coinText, decideDeposit, minorOf, paymentUri, unitsOf } from './coin.ts';

test('minor units become a token’s units and back exactly, whatever decimals both have', () => {
  assert.equal(unitsOf(1_299, 'USD', 6), 12_990_000n);
  assert.equal(unitsOf(500, 'JPY', 18), 500n * 10n ** 18n);
  assert.equal(unitsOf(1_299, 'USD', 2), 1_299n);
  assert.throws(() => unitsOf(1, 'KWD', 2), /cannot stand for KWD/);
  const decimals = fc.integer({ min: 3, max: 24 });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 ** 12 }),
      decimals,
      fc.bigInt({ min: 0n, max: 99n }),
      (minor, of, dust) => {
        for (const currency of ['USD', 'JPY', 'KWD'] as const) {
          const exact = unitsOf(minor, currency, of);
          assert.deepEqual(minorOf(exact, currency, of), { minor, dustUnits: 0n });
          const { minor: whole, dustUnits } = minorOf(exact + dust, currency, of);
          assert.equal(unitsOf(whole, currency, of) + dustUnits, exact + dust);
        }
      },
    ),
  );
});

test('units are read with every digit that counts', () => {
  const texts = [coinText(12_990_000n, 6), coinText(1n, 6), coinText(10n ** 18n, 18), coinText(5n, 0), coinText(0n, 2)];
  assert.deepEqual(texts, ['12.99', '0.000001', '1', '5', '0']);
});

test('a wallet is asked by EIP-681 for a transfer of the token', () => {
  assert.equal(
    paymentUri({ tokenAddress: '0xToken', chainId: 137, address: '0xTo', units: 12_990_000n }),
    'ethereum:0xToken@137/transfer?address=0xTo&uint256=12990000',
  );
});

test('whatever comes in whatever parts, it is captured once at most, and what is neither captured nor owed is too little', () => {
  const step = fc.record({ minor: fc.integer({ min: 1, max: 150 }), isClosed: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      let [payment, confirmedMinor, owedMinor, captures]: ['open' | 'captured' | 'closed', number, number, number] = [
        'open',
        0,
        0,
        0,
      ];
      for (const { minor, isClosed } of steps) {
        confirmedMinor += minor;
        if (isClosed && payment === 'open') payment = 'closed';
        const standing = { payment, dueMinor: 100, confirmedMinor, hasUnconfirmed: false, owedMinor } as const;
        const decision = decideDeposit(standing);
        if (decision.isCaptured) [payment, captures] = ['captured', captures + 1];
        owedMinor += decision.oweMinor;
        assert.equal(decision.missingMinor, 0);
        const kept = captures * 100 + owedMinor;
        if (payment === 'open') assert.ok(kept === 0 && confirmedMinor < 100);
        else assert.equal(kept, confirmedMinor);
      }
      assert.ok(captures <= 1);
    }),
  );
});

test('too little waits while more is on its way, and money that vanished is missed', () => {
  const late = { payment: 'closed', dueMinor: 100, confirmedMinor: 60, hasUnconfirmed: true, owedMinor: 0 } as const;
  assert.deepEqual(decideDeposit(late), { isCaptured: false, oweMinor: 0, missingMinor: 0 });
  assert.equal(decideDeposit({ ...late, hasUnconfirmed: false }).oweMinor, 60);
  const lost = { ...late, payment: 'captured', hasUnconfirmed: false } as const;
  assert.deepEqual(decideDeposit(lost), { isCaptured: false, oweMinor: 0, missingMinor: 40 });
});
