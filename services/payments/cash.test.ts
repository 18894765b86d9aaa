import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Context, type Id, newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import fc from 'fast-check';
import type { HoldGroup } from './contract.ts';
import { groupOf, startPayments, type TestPayments } from './testing/sale.ts';

/** Gamarriando's sellers collect their cash themselves; Bazaar's carriers do, and hand it on. */
const CURRENCIES = { gamarriando: 'MXN', bazaar: 'USD' } as const;
type Place = keyof typeof CURRENCIES;

/** Paying at the door in one marketplace, with shortcuts. */
function doorOf(t: TestPayments, marketplaceId: Place) {
  const service = t.host.service({ marketplaceId });
  const currency = CURRENCIES[marketplaceId];
  const accept = async (group: HoldGroup, accepts = true) => {
    const { storeId, sellerMemberId } = group;
    await t.payments.openStoreAccount({ storeId, ownerMemberId: sellerMemberId }, service);
    const seller = t.host.context({ marketplaceId, memberId: sellerMemberId, roles: ['seller'] });
    return t.payments.setCashOnDelivery({ storeId, accepts }, seller);
  };
  const pay = (groups: readonly HoldGroup[], payerMemberId?: Id<'member'>) =>
    t.payments.createPayment(
      {
        checkoutId: newId('checkout'),
        amount: { amountMinor: groups.reduce((sum, { totalMinor }) => sum + totalMinor, 0), currency },
        method: { kind: 'cash' },
        returnUrl: 'http://bazaar.localhost:3000/back',
        allocations: groups.map(({ storeId, totalMinor }) => ({ storeId, amountMinor: totalMinor })),
        ...(payerMemberId === undefined ? {} : { payerMemberId }),
      },
      service,
    );
  return {
    service,
    accept,
    pay,
    /** A placed order of these groups, whose stores take cash. */
    async place(groups: readonly HoldGroup[], payerMemberId = newId('member')) {
      for (const group of groups) await accept(group);
      const payment = await pay(groups, payerMemberId);
      const orderId = newId('order');
      await t.payments.holdForOrder({ paymentId: payment.id, orderId, groups: [...groups] }, service);
      return { orderId, paymentId: payment.id, payerMemberId };
    },
    collect: ({ groupId }: HoldGroup) => t.payments.collectCash({ groupId, proof: 'signed' }, service),
    waive: ({ groupId }: HoldGroup, isRefused = false) => t.payments.waiveCash({ groupId, isRefused }, service),
    release: ({ groupId }: HoldGroup) => t.payments.releaseHold({ groupId }, service),
    refund: ({ groupId }: HoldGroup, amountMinor: number, to: 'source' | 'wallet' = 'source') =>
      t.payments.refundGroup({ refundId: newId('refund'), groupId, amountMinor, reason: 'broken', to }, service),
    stateOf: async (paymentId: Id<'payment'>) => (await t.payments.getPayment({ paymentId }, service)).state,
    balanceOf: async ({ storeId }: HoldGroup) => (await t.payments.getBalance({ storeId }, service)).balances[0],
    mismatches: async (context: Context = service) => (await t.payments.checkLedger({}, context)).mismatches,
  };
}

let t: TestPayments;
before(async () => {
  t = await startPayments();
});
after(() => t.host.close());

for (const binding of BINDINGS) {
  test(`cash on delivery contract, ${binding}: a seller lets buyers pay at the door; nobody else does for them`, async () => {
    await using own = await startPayments(binding);
    const door = doorOf(own, 'gamarriando');
    const group = groupOf();
    const { isOffered, accepts, collector } = await door.accept(group);
    assert.deepEqual([isOffered, accepts, collector], [true, true, 'seller']);
    const other = own.host.context({ marketplaceId: 'gamarriando', roles: ['seller'] });
    const { storeId } = group;
    await assert.rejects(own.payments.getCashOnDelivery({ storeId }, other), { code: 'STORE_ACCOUNT_NOT_FOUND' });
    await assert.rejects(own.payments.setCashOnDelivery({ storeId, accepts: false }, other), {
      code: 'STORE_ACCOUNT_NOT_FOUND',
    });
    const payment = await door.pay([group], newId('member'));
    assert.deepEqual([payment.state, payment.capturedTime, payment.actionUrl], ['due', null, null]);
  });
}

describe('who may pay at the door', () => {
  test('members, up to the amount, of stores that take cash and owe little', async () => {
    const door = doorOf(t, 'gamarriando');
    const group = groupOf();
    const member = newId('member');
    const refused = (problem: string) => ({ code: 'CASH_NOT_OFFERED', data: { problem } });
    await assert.rejects(door.pay([group], member), refused('STORE_DECLINES'));
    await door.accept(group);
    await assert.rejects(door.pay([group]), refused('NOT_A_MEMBER'));
    await assert.rejects(door.pay([{ ...group, totalMinor: 500_001 }], member), refused('AMOUNT_TOO_HIGH'));
    assert.equal((await door.pay([group], member)).state, 'due');
    // A sale that leaves the store owing 2,500.00 in commission.
    const dear = { ...group, groupId: newId('shipmentGroup'), totalMinor: 400_000, commissionMinor: 250_000 };
    await door.place([dear]);
    await door.collect(dear);
    await door.release(dear);
    assert.equal((await door.balanceOf(group))?.owedMinor, 250_000);
    await assert.rejects(door.pay([group], member), refused('STORE_OWES'));
    assert.deepEqual(await door.mismatches(), []);
  });

  test('whoever does not take parcels in is not offered it again, until that is long ago', async () => {
    const door = doorOf(t, 'gamarriando');
    const member = newId('member');
    const groups = Array.from({ length: 3 }, () => groupOf());
    const { paymentId } = await door.place(groups, member);
    for (const group of groups) {
      await door.waive(group, true);
      await door.waive(group, true);
    }
    assert.equal(await door.stateOf(paymentId), 'canceled');
    const next = groupOf();
    await door.accept(next);
    const offer = () =>
      t.payments.checkCashOffer(
        { amountMinor: 10_000, currency: 'MXN', storeIds: [next.storeId], memberId: member },
        door.service,
      );
    assert.deepEqual(await offer(), { methodId: 'cash', problem: 'TOO_MANY_REFUSED' });
    t.host.advance({ days: 181 });
    assert.deepEqual(await offer(), { methodId: 'cash', problem: null });
    assert.deepEqual(await door.mismatches(), []);
  });

  test('it is for orders of members only: no top-up, no plan, no part of a wallet, and not among the other ways to pay', async () => {
    const cash = { kind: 'cash' } as const;
    const plan = t.payments.createPayment(
      {
        checkoutId: newId('checkout'),
        purpose: 'subscription',
        amount: { amountMinor: 1_000, currency: 'USD' },
        method: cash,
        returnUrl: 'http://bazaar.localhost:3000/back',
        payerMemberId: newId('member'),
      },
      t.service,
    );
    await assert.rejects(plan, { code: 'PAYMENT_METHOD_INVALID' });
    const member = t.host.context({ verificationLevel: 3 });
    const topUp = { amount: { amountMinor: 1_000, currency: 'USD' }, payment: { methodId: 'cash' } } as const;
    await assert.rejects(t.payments.topUpWallet(topUp, member), { code: 'PAYMENT_METHOD_INVALID' });
    const { items } = await t.payments.listPaymentMethods({ amountMinor: 1_000, currency: 'USD' }, t.host.guest());
    assert.deepEqual(
      items.filter(({ kind }) => kind === 'cash'),
      [],
    );
  });
});

describe('the money of a sale that is paid at the door', () => {
  test('until the parcel is handed over nothing is booked, and nothing can be given back or released', async () => {
    const door = doorOf(t, 'gamarriando');
    const group = groupOf();
    const { orderId, paymentId } = await door.place([group]);
    assert.equal(await door.stateOf(paymentId), 'due');
    const { items } = await t.payments.listTransfers({ paymentId }, door.service);
    assert.deepEqual(items, []);
    await assert.rejects(door.release(group), { code: 'HOLD_CLOSED' });
    await assert.rejects(door.refund(group, 1), { code: 'REFUND_EXCEEDS_PAID' });
    const again = await t.payments.holdForOrder({ paymentId, orderId, groups: [group] }, door.service);
    assert.deepEqual(
      again.items.map(({ state }) => state),
      ['due'],
    );
    const elsewhere = t.payments.holdForOrder({ paymentId, orderId: newId('order'), groups: [group] }, door.service);
    await assert.rejects(elsewhere, { code: 'PAYMENT_HELD' });
    assert.equal((await t.payments.cancelPayment({ paymentId }, door.service)).state, 'due', 'an order has it');
  });

  test('the seller has the cash, and owes what the marketplace keeps of it, set against the next sale', async () => {
    const door = doorOf(t, 'gamarriando');
    const group = groupOf({ commissionMinor: 1_000, taxMinor: 300, platformFundedMinor: 500 });
    const { paymentId } = await door.place([group]);
    await door.collect(group);
    await door.collect(group);
    assert.equal(await door.stateOf(paymentId), 'captured');
    assert.deepEqual(await door.mismatches(), []);
    await door.release(group);
    // 10.00 commission and 3.00 tax, less the 5.00 that the platform adds to its own coupon.
    assert.deepEqual(
      [(await door.balanceOf(group))?.availableMinor, (await door.balanceOf(group))?.owedMinor],
      [0, 800],
    );
    const next = { ...groupOf(), storeId: group.storeId, sellerMemberId: group.sellerMemberId };
    const paid = await t.payments.createPayment(
      {
        checkoutId: newId('checkout'),
        amount: { amountMinor: 10_000, currency: 'MXN' },
        method: { kind: 'card', token: 'pm_card_visa' },
        returnUrl: 'http://bazaar.localhost:3000/back',
      },
      door.service,
    );
    await t.payments.holdForOrder({ paymentId: paid.id, orderId: newId('order'), groups: [next] }, door.service);
    await door.release(next);
    assert.deepEqual(
      [(await door.balanceOf(group))?.availableMinor, (await door.balanceOf(group))?.owedMinor],
      [8_200, 0],
    );
    assert.deepEqual(await door.mismatches(), []);
  });

  test("a carrier's cash is with the marketplace, and released like any other", async () => {
    const door = doorOf(t, 'bazaar');
    const group = groupOf();
    await door.place([group]);
    await door.collect(group);
    await door.release(group);
    assert.equal((await door.balanceOf(group))?.availableMinor, 9_000);
    assert.deepEqual(await door.mismatches(), []);
  });

  test('a refund goes to the wallet, or waits for an operator to send it; the seller who has the cash pays it', async () => {
    const door = doorOf(t, 'gamarriando');
    const group = groupOf();
    await door.place([group]);
    await door.collect(group);
    assert.equal((await door.refund(group, 2_000, 'wallet')).state, 'succeeded');
    assert.equal((await door.balanceOf(group))?.owedMinor, 2_000);
    assert.equal((await door.refund(group, 1_000)).state, 'failed');
    const failed = await t.payments.listFailedRefunds({}, door.service);
    assert.deepEqual(
      failed.items.map(({ amountMinor }) => amountMinor),
      [1_000],
    );
    await door.release(group);
    await door.refund(group, 7_000, 'wallet');
    // All of it is back with the buyer: the seller owes the cash, and no commission.
    assert.equal((await door.balanceOf(group))?.owedMinor, 10_000);
    assert.deepEqual(await door.mismatches(), []);
  });

  test('what a carrier collected is held against what it hands over, parcel by parcel; what sellers have, against nothing', async () => {
    const door = doorOf(t, 'bazaar');
    const [taken, later] = [groupOf({ totalMinor: 7_777, commissionMinor: 0 }), groupOf()];
    t.host.advance({ days: 2 });
    await door.place([taken, later]);
    t.host.advance({ days: 20 });
    await door.collect(taken);
    const seller = doorOf(t, 'gamarriando');
    const own = groupOf();
    await seller.place([own]);
    await seller.collect(own);
    const admin = t.host.context({ roles: ['admin'] });
    const of = { provider: 'cash-by-carrier', day: t.host.now().toISOString().slice(0, 10) };
    const { csv } = await t.payments.exportMovements(of, admin);
    assert.match(csv, /^subject,reference,amount,fee,currency\r\npayment,"[0-9a-f-]{36}",77\.77,,USD\r\n$/);
    const day = await t.payments.reconcileDay({ ...of, report: csv }, admin);
    assert.deepEqual([day.matched, day.openDifferences], [1, 0]);
    const less = await t.payments.reconcileDay({ ...of, report: csv.replace('77.77', '70.00') }, admin);
    assert.equal(less.openDifferences, 1, 'the carrier kept some of it');
    const there = t.host.context({ marketplaceId: 'gamarriando', roles: ['admin'] });
    const none = await t.payments.exportMovements({ ...of, provider: 'cash-by-seller' }, there);
    assert.equal(none.csv, 'subject,reference,amount,fee,currency\r\n');
    assert.deepEqual(await door.mismatches(), []);
  });

  test('of several parcels each goes its own way, and the payment is what was taken in', async () => {
    const door = doorOf(t, 'bazaar');
    const [taken, refused, canceled] = [groupOf(), groupOf(), groupOf()];
    const { paymentId } = await door.place([taken, refused, canceled]);
    await door.waive(refused, true);
    await door.collect(taken);
    assert.equal(await door.stateOf(paymentId), 'due');
    await door.refund(taken, 4_000, 'wallet');
    await door.waive(canceled);
    const payment = await t.payments.getPayment({ paymentId }, door.service);
    assert.deepEqual(
      [payment.state, payment.waivedMinor, payment.refundedMinor],
      ['partially_refunded', 20_000, 4_000],
    );
    await assert.rejects(door.collect(refused), { code: 'HOLD_CLOSED' });
    await assert.rejects(door.waive(taken), { code: 'HOLD_CLOSED' });
    assert.deepEqual(await door.mismatches(), []);
  });

  test('in any order of collecting, refusing, refunding and releasing, the books agree and nothing moves twice', async () => {
    const step = fc.record({
      group: fc.integer({ min: 0, max: 2 }),
      act: fc.constantFrom('collect', 'refuse', 'cancel', 'refund', 'toWallet', 'release'),
      amountMinor: fc.integer({ min: 1, max: 6_000 }),
    });
    const parts = fc.record({
      totalMinor: fc.integer({ min: 0, max: 9_000 }),
      commissionMinor: fc.integer({ min: 0, max: 900 }),
      platformFundedMinor: fc.integer({ min: 900, max: 2_000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Place>('gamarriando', 'bazaar'),
        fc.tuple(parts, parts, parts),
        fc.array(step, { maxLength: 10 }),
        async (place, sold, steps) => {
          const door = doorOf(t, place);
          const groups = sold.map((each) => groupOf(each));
          if (groups.every(({ totalMinor }) => totalMinor === 0)) return;
          await door.place(groups);
          for (const { group: index, act, amountMinor } of steps) {
            const group = groups[index] as HoldGroup;
            const taken = {
              collect: () => door.collect(group),
              refuse: () => door.waive(group, true),
              cancel: () => door.waive(group),
              refund: () => door.refund(group, amountMinor),
              toWallet: () => door.refund(group, amountMinor, 'wallet'),
              release: () => door.release(group),
            }[act]();
            await taken.catch((error: { code?: string }) => {
              assert.ok(['HOLD_CLOSED', 'REFUND_EXCEEDS_PAID'].includes(error.code ?? ''), String(error));
            });
          }
          assert.deepEqual(await door.mismatches(), []);
        },
      ),
      { numRuns: 25 },
    );
  });
});
