import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Id } from '@plaza/kernel';
import fc from 'fast-check';
import { startPayments } from './testing/sale.ts';
import { walletOf } from './testing/wallet.ts';

const TOKENS = { pays: 'pm_card_visa', declines: 'pm_card_declined', asks: 'pm_card_challenge' } as const;
const way = fc.constantFrom('pays' as const, 'declines' as const, 'asks' as const);
const part = fc.integer({ min: 1, max: 100 });

const step = fc.oneof(
  fc.record({ act: fc.constant('topUp' as const), way, part }),
  fc.record({ act: fc.constant('pay' as const), part }),
  fc.record({ act: fc.constant('payInPart' as const), way, part }),
  fc.record({
    act: fc.constant('answer' as const),
    pick: fc.nat(),
    end: fc.constantFrom('approve', 'decline', 'giveUp'),
  }),
  fc.record({ act: fc.constant('refund' as const), pick: fc.nat(), part, to: fc.constantFrom('source', 'wallet') }),
  fc.record({ act: fc.constant('release' as const), pick: fc.nat() }),
);

/** A captured payment and its order: what was paid with, what went back, where to. */
type Sale = { groupId: Id<'shipmentGroup'>; cardLeft: number; left: number; isReleased: boolean };
type Open = { paymentId: Id<'payment'>; totalMinor: number; walletMinor: number; isTopUp: boolean };

test('whatever is topped up, paid, declined, given up and refunded, the wallet holds what it should, and the books agree', async () => {
  await using t = await startPayments();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const wallet = await walletOf(t, 1_000);
      let available = 1_000;
      const sales: Sale[] = [];
      const open: Open[] = [];
      const sold = async ({ paymentId, totalMinor, walletMinor }: Omit<Open, 'isTopUp'>) => {
        const { groupId } = await wallet.hold(paymentId, totalMinor);
        sales.push({ groupId, cardLeft: totalMinor - walletMinor, left: totalMinor, isReleased: false });
      };
      for (const each of steps) {
        switch (each.act) {
          case 'topUp': {
            const amountMinor = 500 + each.part;
            const { id: paymentId, state } = await wallet.topUp(amountMinor, TOKENS[each.way]);
            if (state === 'captured') available += amountMinor;
            if (state === 'requires_action')
              open.push({ paymentId, totalMinor: amountMinor, walletMinor: 0, isTopUp: true });
            break;
          }
          case 'pay': {
            const totalMinor = Math.ceil((available * each.part) / 90);
            if (totalMinor === 0) break;
            if (totalMinor > available) {
              await assert.rejects(wallet.pay(totalMinor), { code: 'WALLET_BALANCE_TOO_LOW' });
              break;
            }
            const { id: paymentId } = await wallet.pay(totalMinor);
            available -= totalMinor;
            await sold({ paymentId, totalMinor, walletMinor: totalMinor });
            break;
          }
          case 'payInPart': {
            const walletMinor = Math.floor((available * each.part) / 100);
            if (walletMinor === 0) break;
            const totalMinor = walletMinor + 250;
            const { id: paymentId, state } = await wallet.pay(totalMinor, { walletMinor, token: TOKENS[each.way] });
            if (state !== 'declined') available -= walletMinor;
            if (state === 'captured') await sold({ paymentId, totalMinor, walletMinor });
            if (state === 'requires_action') open.push({ paymentId, totalMinor, walletMinor, isTopUp: false });
            break;
          }
          case 'answer': {
            const [waiting] = open.splice(each.pick % Math.max(open.length, 1), 1);
            if (waiting === undefined) break;
            const { paymentId, totalMinor, walletMinor, isTopUp } = waiting;
            if (each.end === 'giveUp') await t.payments.cancelPayment({ paymentId }, t.service);
            else {
              const outcome = each.end === 'approve' ? 'approve' : 'decline';
              await t.payments.completeSimulatedChallenge({ paymentId, outcome }, wallet.member);
              // The webhook, the browser and a repeat of it tell the same.
              await Promise.all([
                t.host.runTimers('bazaar'),
                t.payments.confirmPayment({ paymentId }, wallet.member),
                t.payments.confirmPayment({ paymentId }, wallet.member),
              ]);
            }
            if (each.end !== 'approve') available += walletMinor;
            else if (isTopUp) available += totalMinor;
            else await sold({ paymentId, totalMinor, walletMinor });
            break;
          }
          case 'refund': {
            const sale = sales[each.pick % Math.max(sales.length, 1)];
            const amountMinor = Math.floor(((sale?.left ?? 0) * each.part) / 100);
            if (sale === undefined || amountMinor === 0) break;
            const to = each.to === 'wallet' ? 'wallet' : 'source';
            const refunds = await Promise.allSettled([
              wallet.refund(sale.groupId, amountMinor, to),
              wallet.refund(sale.groupId, sale.left + 1, to),
            ]);
            assert.deepEqual(
              refunds.map(({ status }) => status),
              ['fulfilled', 'rejected'],
            );
            const toCard = to === 'wallet' ? 0 : Math.min(amountMinor, sale.cardLeft);
            sale.cardLeft -= toCard;
            sale.left -= amountMinor;
            available += amountMinor - toCard;
            break;
          }
          case 'release': {
            const sale = sales[each.pick % Math.max(sales.length, 1)];
            if (sale === undefined || sale.isReleased || sale.left === 0) break;
            await t.payments.releaseHold({ groupId: sale.groupId }, t.service);
            sale.isReleased = true;
            break;
          }
        }
      }
      const kept = open.reduce((sum, { walletMinor }) => sum + walletMinor, 0);
      const { availableMinor, reservedMinor } = await wallet.get();
      assert.deepEqual([availableMinor, reservedMinor], [available, kept]);
      assert.deepEqual(await t.mismatches(), []);
    }),
    { numRuns: 12 },
  );
});
