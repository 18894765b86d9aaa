import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PURPOSES, type Purpose } from './account.ts';
import {
  capturePostings,
  holdPostings,
  type Posting,
  payoutPaidPostings,
  payoutPostings,
  payoutReturnedPostings,
  refundHeldPostings,
  refundReleasedPostings,
  releasePostings,
  returnPostings,
} from './postings.ts';
import { grossMinor, type Shares, sellerMinor, splitRefund, subtractShares } from './shares.ts';

const STORES = ['store-a', 'store-b', 'store-c'];

/** Books in memory that refuse what the database refuses: a transfer that does not balance, a forbidden overdraft. */
class Books {
  readonly balances = new Map<string, number>();

  post(postings: readonly Posting[]): void {
    assert.equal(
      postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      0,
    );
    for (const { purpose, ownerId, amountMinor } of postings) {
      const after = this.of(purpose, ownerId) + amountMinor;
      const { sign } = PURPOSES[purpose];
      assert.ok(sign === 0 || after * sign >= 0, `${purpose} of ${ownerId} at ${after}`);
      this.balances.set(`${purpose} ${ownerId}`, after);
    }
  }

  of(purpose: Purpose, ownerId: string | null = null): number {
    return this.balances.get(`${purpose} ${ownerId}`) ?? 0;
  }
}

type Group = { storeId: string; paid: Shares; left: Shares; isReleased: boolean };

const shares = fc
  .tuple(fc.nat(100_000), fc.nat(5_000), fc.nat(100), fc.nat(100))
  .map(([buyerMinor, fundedMinor, commissionPart, taxPart]): Shares => {
    const gross = buyerMinor + fundedMinor;
    const commissionMinor = Math.floor((gross * commissionPart) / 200);
    return { buyerMinor, fundedMinor, commissionMinor, taxMinor: Math.floor((gross * taxPart) / 200) };
  });

const step = fc.oneof(
  fc.record({ kind: fc.constant('sale' as const), groups: fc.array(shares, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('unclaimed' as const), amount: fc.nat(10_000) }),
  fc.record({ kind: fc.constant('release' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('refund' as const), pick: fc.nat(), part: fc.nat(100) }),
  fc.record({ kind: fc.constant('payout' as const), pick: fc.nat(), part: fc.nat(100), isPaid: fc.boolean() }),
);

test('any sequence of sales, refunds, releases and payouts sums to zero and matches the orders', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const books = new Books();
      const groups: Group[] = [];
      let paidOutMinor = 0;
      let refundedMinor = 0;
      for (const each of steps) {
        switch (each.kind) {
          case 'sale': {
            const sold = each.groups.map((paid, i) => ({
              storeId: STORES[i] as string,
              paid,
              left: paid,
              isReleased: false,
            }));
            books.post(capturePostings(each.groups.reduce((sum, { buyerMinor }) => sum + buyerMinor, 0)));
            books.post(holdPostings(sold.map(({ storeId, paid }) => ({ storeId, shares: paid }))));
            groups.push(...sold);
            break;
          }
          case 'unclaimed':
            books.post(capturePostings(each.amount));
            books.post(returnPostings(each.amount));
            break;
          case 'release': {
            const group = groups[each.pick % Math.max(groups.length, 1)];
            if (group === undefined || group.isReleased) break;
            books.post(releasePostings(group.storeId, group.left, -books.of('seller_debt', group.storeId)));
            group.isReleased = true;
            break;
          }
          case 'refund': {
            const group = groups[each.pick % Math.max(groups.length, 1)];
            if (group === undefined) break;
            const taken = splitRefund(group.left, Math.floor((group.left.buyerMinor * each.part) / 100));
            books.post(
              group.isReleased
                ? refundReleasedPostings(group.storeId, taken, books.of('seller_available', group.storeId))
                : refundHeldPostings(group.storeId, taken),
            );
            group.left = subtractShares(group.left, taken);
            refundedMinor += taken.buyerMinor;
            break;
          }
          case 'payout': {
            const storeId = STORES[each.pick % STORES.length] as string;
            const amount = Math.floor((books.of('seller_available', storeId) * each.part) / 100);
            const owner = { kind: 'store', id: storeId } as const;
            books.post(payoutPostings(owner, amount));
            books.post(
              each.isPaid
                ? payoutPaidPostings(owner, amount)
                : payoutReturnedPostings(owner, amount, -books.of('seller_debt', storeId)),
            );
            if (each.isPaid) paidOutMinor += amount;
            break;
          }
        }
      }
      const of = (where: readonly Group[], what: (left: Shares) => number) =>
        where.reduce((sum, { left }) => sum + what(left), 0);
      const released = groups.filter(({ isReleased }) => isReleased);
      assert.equal(
        [...books.balances.values()].reduce((sum, each) => sum + each, 0),
        0,
      );
      assert.equal(books.of('buyer_funds'), 0);
      assert.equal(books.of('bank'), paidOutMinor);
      assert.equal(
        books.of('commission'),
        of(released, (left) => left.commissionMinor),
      );
      assert.equal(
        books.of('tax_payable'),
        of(released, (left) => left.taxMinor),
      );
      assert.equal(
        0 - books.of('promotion_funding'),
        of(groups, (left) => left.fundedMinor),
      );
      const paidMinor = groups.reduce((sum, { paid }) => sum + paid.buyerMinor, 0);
      assert.equal(books.of('provider_clearing'), refundedMinor - paidMinor);
      for (const storeId of STORES) {
        const own = groups.filter((group) => group.storeId === storeId);
        assert.equal(
          books.of('escrow', storeId),
          of(
            own.filter(({ isReleased }) => !isReleased),
            grossMinor,
          ),
        );
      }
      const earned = STORES.reduce(
        (sum, id) => sum + books.of('seller_available', id) + books.of('seller_debt', id),
        0,
      );
      assert.equal(earned, of(released, sellerMinor) - paidOutMinor);
    }),
    { numRuns: 1_000 },
  );
});

test('refunds in any pieces take every part to exactly zero, and none below it', () => {
  fc.assert(
    fc.property(shares, fc.array(fc.nat(100), { maxLength: 12 }), (paid, parts) => {
      let left = paid;
      for (const part of [...parts, 100]) {
        const taken = splitRefund(left, Math.floor((left.buyerMinor * part) / 100));
        for (const each of [...Object.values(taken), sellerMinor(taken)]) assert.ok(each >= 0);
        left = subtractShares(left, taken);
        for (const each of [...Object.values(left), sellerMinor(left)]) assert.ok(each >= 0);
      }
      assert.deepEqual(left, { buyerMinor: 0, fundedMinor: 0, commissionMinor: 0, taxMinor: 0 });
    }),
    { numRuns: 2_000 },
  );
});

test('half of a refund returns half of the commission, and the platform its own discount', () => {
  const paid = { buyerMinor: 100, fundedMinor: 10, commissionMinor: 11, taxMinor: 0 };
  const taken = splitRefund(paid, 50);
  assert.deepEqual(taken, { buyerMinor: 50, fundedMinor: 5, commissionMinor: 6, taxMinor: 0 });
  assert.equal(sellerMinor(taken), 49);
});

test("one store's coupon, borne by the platform, changes no other store's escrow", () => {
  const plain = { buyerMinor: 1_000, fundedMinor: 0, commissionMinor: 100, taxMinor: 0 };
  const discounted = { buyerMinor: 700, fundedMinor: 300, commissionMinor: 100, taxMinor: 0 };
  const postings = holdPostings([
    { storeId: 'store-a', shares: discounted },
    { storeId: 'store-b', shares: plain },
  ]);
  const escrowOf = (storeId: string) => postings.find(({ ownerId }) => ownerId === storeId)?.amountMinor;
  assert.equal(escrowOf('store-a'), 1_000);
  assert.equal(escrowOf('store-b'), 1_000);
  assert.equal(postings.find(({ purpose }) => purpose === 'promotion_funding')?.amountMinor, -300);
});
