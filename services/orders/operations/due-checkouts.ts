import { asService, type Context, Fault, invariant } from '@plaza/kernel';
import { type Timer, timer } from '@plaza/runtime';
import type { BuyingDependencies } from '../dependencies.ts';
import { type CheckoutRecord, LEASE_SECONDS } from '../domain/checkout.ts';
import { claimDue, close, expireOpen } from '../store/checkout.ts';
import { giveBack, purchase, settlePayment } from './purchase.ts';

/** Checkouts taken up at a time, and how many times in one run: the rest waits for the next. */
const CLAIMED_MAX = 20;
const ROUNDS_MAX = 50;

/**
 * What a checkout needs when nobody else looks after it: a killed process's work is continued, a late payment is asked
 * about, what expired is given back. Everything here may run twice.
 */
export function dueCheckouts(dependencies: BuyingDependencies): Timer {
  const { database, clock, log } = dependencies;
  return timer({
    name: 'due-checkouts',
    everySeconds: 10,
    run: async (context) => {
      const { marketplaceId } = context;
      const queries = database.read(marketplaceId);
      await expireOpen(queries, marketplaceId, clock());
      for (let round = 0; round < ROUNDS_MAX; round++) {
        const until = new Date(clock().getTime() + LEASE_SECONDS * 1000);
        const due = await claimDue(queries, marketplaceId, CLAIMED_MAX, clock(), until);
        for (const checkout of due) {
          try {
            await goOn(dependencies, checkout, context);
          } catch (error) {
            log.warn({ err: error, checkoutId: checkout.id }, 'a checkout could not be continued; it is tried again');
          }
        }
        if (due.length < CLAIMED_MAX) return;
      }
    },
  });
}

async function goOn(dependencies: BuyingDependencies, checkout: CheckoutRecord, context: Context): Promise<void> {
  const isLate = checkout.expireTime <= dependencies.clock();
  const service = asService('orders', context);
  const { payments } = dependencies;
  switch (checkout.state) {
    case 'completing': {
      const { payment } = await payments.getPaymentByCheckout({ checkoutId: checkout.id }, service);
      const isOfThisAttempt =
        payment !== null && (payment.attempt === checkout.attempt || payment.state === 'captured');
      if (isOfThisAttempt) await settlePayment(dependencies, checkout, payment, context);
      else if (isLate) await expire(dependencies, checkout, context);
      else await purchase(dependencies, checkout, context).catch(ignoreRefusal);
      return;
    }
    case 'awaiting_payment': {
      const { paymentId } = checkout;
      invariant(paymentId !== null, 'a checkout that awaits a payment has one');
      const asked = await payments.confirmPayment({ paymentId }, service);
      const isWaiting = ['created', 'requires_action', 'pending'].includes(asked.state);
      if (!isWaiting) return void (await settlePayment(dependencies, checkout, asked, context));
      if (!isLate) return;
      const canceled = await payments.cancelPayment({ paymentId }, service);
      if (canceled.state === 'captured') return void (await settlePayment(dependencies, checkout, canceled, context));
      // Even if the provider is still at work: money that comes later finds the stock again or goes back.
      return expire(dependencies, checkout, context);
    }
    default:
      return;
  }
}

async function expire(dependencies: BuyingDependencies, checkout: CheckoutRecord, context: Context): Promise<void> {
  const { database, clock } = dependencies;
  const { marketplaceId } = context;
  await giveBack(dependencies, checkout, context);
  const end = { state: 'expired', paymentId: checkout.paymentId } as const;
  await close(database.read(marketplaceId), marketplaceId, checkout, end, clock());
}

/** A refusal was already turned into an open checkout; nobody waits for the answer here. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Fault) || error.status >= 500) throw error;
}
