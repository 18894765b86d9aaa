import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { divideChargeback, type KnownChargeback, newsOf, type ToldChargeback } from './chargeback.ts';
import { bornByPlatform, type Shares, sellerMinor, subtractShares, takeParts, takeShares } from './shares.ts';

const shares = fc
  .tuple(fc.nat(100_000), fc.nat(5_000), fc.nat(100), fc.nat(100))
  .map(([buyerMinor, fundedMinor, commissionPart, taxPart]): Shares => {
    const gross = buyerMinor + fundedMinor;
    const commissionMinor = Math.floor((gross * commissionPart) / 200);
    return { buyerMinor, fundedMinor, commissionMinor, taxMinor: Math.floor((gross * taxPart) / 200) };
  });

test('refunds of given parts, in any pieces, take every part to exactly zero, and none below it', () => {
  const piece = fc.record({ of: fc.nat(100), funded: fc.nat(6_000), commission: fc.nat(60_000), tax: fc.nat(60_000) });
  fc.assert(
    fc.property(shares, fc.array(piece, { maxLength: 12 }), (paid, pieces) => {
      let left = paid;
      const all = { of: 100, funded: paid.fundedMinor, commission: paid.commissionMinor, tax: paid.taxMinor };
      for (const { of, funded, commission, tax } of [...pieces, all]) {
        const amountMinor = Math.floor((left.buyerMinor * of) / 100);
        const wanted = { fundedMinor: funded, commissionMinor: commission, taxMinor: tax };
        const taken = takeParts(left, amountMinor, wanted);
        assert.equal(taken.buyerMinor, amountMinor);
        for (const each of [...Object.values(taken), sellerMinor(taken)]) assert.ok(each >= 0);
        left = subtractShares(left, taken);
        for (const each of [...Object.values(left), sellerMinor(left)]) assert.ok(each >= 0);
      }
      assert.deepEqual(Object.values(left), [0, 0, 0, 0]);
    }),
  );
});

test('refunds of what the platform bears give the buyer only what they have not had, and take every part to exactly zero', () => {
  const piece = fc.record({ of: fc.nat(100), commission: fc.option(fc.nat(60_000), { nil: undefined }) });
  fc.assert(
    fc.property(shares, fc.nat(100), fc.array(piece, { maxLength: 8 }), (paid, borne, pieces) => {
      const borneMinor = Math.floor((paid.buyerMinor * borne) / 100);
      let left = bornByPlatform(paid, borneMinor);
      let borneLeft = borneMinor;
      for (const { of, commission } of [...pieces, { of: 100, commission: undefined }]) {
        const amountMinor = Math.floor(((left.buyerMinor + borneLeft) * of) / 100);
        const parts =
          commission === undefined ? undefined : { fundedMinor: 0, commissionMinor: commission, taxMinor: 0 };
        const taken = takeShares(left, amountMinor, parts, borneLeft);
        assert.equal(taken.buyerMinor, Math.min(amountMinor, left.buyerMinor));
        for (const each of [...Object.values(taken), sellerMinor(taken)]) assert.ok(each >= 0);
        left = subtractShares(left, taken);
        for (const each of [...Object.values(left), sellerMinor(left)]) assert.ok(each >= 0);
        borneLeft = Math.min(borneLeft - (amountMinor - taken.buyerMinor), left.fundedMinor);
      }
      assert.deepEqual(Object.values(left), [0, 0, 0, 0]);
    }),
  );
});

test('whatever order a provider tells in, and however often, the money is taken once and the end is the same', () => {
  const told = fc.record({
    state: fc.constantFrom('opened' as const, 'opened' as const, 'won' as const, 'lost' as const),
    isTaken: fc.boolean(),
    feeMinor: fc.constantFrom(0, 1_500),
  });
  fc.assert(
    fc.property(fc.array(told, { minLength: 1, maxLength: 20 }), (news) => {
      let known: KnownChargeback | undefined;
      let bookedMinor = 0;
      let decided: string | undefined;
      for (const each of news as Omit<ToldChargeback, 'amountMinor'>[]) {
        const next = newsOf(known, { ...each, amountMinor: 10_000 });
        if (next === undefined) continue;
        assert.equal(decided, undefined, 'nothing is news after the decision');
        bookedMinor += next.changeMinor;
        assert.equal(bookedMinor, next.takenMinor);
        assert.ok(next.takenMinor >= 0 && next.takenMinor <= 11_500);
        known = { state: each.state, takenMinor: next.takenMinor };
        if (each.state !== 'opened') decided = each.state;
      }
      if (decided === 'won') assert.ok(bookedMinor <= 1_500, 'only a fee that stands is gone');
    }),
  );
});

test('a lost chargeback is divided to the last minor unit, and nobody bears more than there is', () => {
  const group = fc.record({
    left: shares,
    bearer: fc.constantFrom('seller' as const, 'platform' as const),
  });
  const minor = fc.nat(200_000);
  fc.assert(
    fc.property(
      fc.array(group, { maxLength: 4 }),
      minor,
      minor,
      fc.nat(3_000),
      (groups, amountMinor, sourceLeftMinor, feeMinor) => {
        const named = groups.map((each, i) => ({ ...each, groupId: `group-${i}` }));
        const { parts, restMinor } = divideChargeback(amountMinor, feeMinor, named, sourceLeftMinor);
        const borne = parts.reduce((sum, { taken, feeMinor: fee }) => sum + taken.buyerMinor + fee, 0);
        assert.equal(borne + restMinor, amountMinor + feeMinor);
        assert.ok(parts.reduce((sum, { taken }) => sum + taken.buyerMinor, 0) <= sourceLeftMinor);
        for (const { groupId, taken } of parts) {
          const left = named.find((each) => each.groupId === groupId)?.left as Shares;
          for (const each of Object.values(subtractShares(left, taken))) assert.ok(each >= 0);
        }
      },
    ),
  );
});

test('what the buyer had back before is not the seller’s to bear again', () => {
  const left = { buyerMinor: 7_000, fundedMinor: 0, commissionMinor: 700, taxMinor: 0 };
  const { parts, restMinor } = divideChargeback(10_000, 0, [{ groupId: 'a', left, bearer: 'seller' }], 7_000);
  assert.deepEqual(
    parts.map(({ taken }) => taken.buyerMinor),
    [7_000],
  );
  assert.equal(restMinor, 3_000);
});
