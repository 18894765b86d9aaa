import { type Context, type Handler, idFromUuid, newId, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { paymentsContract } from '../contract.ts';
import { type Posting, refundHeldPostings, refundReleasedPostings, returnPostings } from '../domain/postings.ts';
import { grossMinor, type Shares, splitRefund, subtractShares } from '../domain/shares.ts';
import { errors } from '../errors.ts';
import { paymentRefunded } from '../events.ts';
import { type HoldRow, lockHold, sharesLeft, updateHold } from '../store/hold.ts';
import { addRefunded, lockPayment, type PaymentRow, paymentFrom } from '../store/payment.ts';
import { findRefund, insertRefund, type RefundRow, refundFrom } from '../store/refund.ts';
import type { Dependencies } from './dependencies.ts';
import { factsOf } from './follow-provider.ts';
import { sendRefund } from './send-refunds.ts';

/** Gives a part or all of a group back: booked and announced at once, then told to the provider until it takes it. */
export function refundGroup(deps: Dependencies): Handler<typeof paymentsContract.refundGroup> {
  const { database, ledger, clock } = deps;
  return async ({ input, context }) => {
    const { marketplaceId } = context;
    const refundId = uuidFromId(input.refundId);
    const refund = await database.transaction(marketplaceId, async (tx): Promise<RefundRow> => {
      const hold = await lockHold(tx, uuidFromId(input.groupId));
      const first = await findRefund(tx, marketplaceId, refundId);
      if (first !== undefined) return sameRefund(first, hold, input.amountMinor);
      const left = sharesLeft(hold);
      if (input.amountMinor > left.buyerMinor) {
        throw errors.REFUND_EXCEEDS_PAID({ refundableMinor: left.buyerMinor });
      }
      const taken = splitRefund(left, input.amountMinor);
      const time = clock();
      await ledger.post(tx, {
        key: `refund:${refundId}`,
        kind: 'refund',
        subject: { paymentId: hold.payment_id, orderId: hold.order_id, groupId: hold.group_id },
        currency: hold.currency,
        postings: await refundPostings(deps, tx, hold, taken),
        time,
      });
      const rest = subtractShares(left, taken);
      const isAllBack = hold.state === 'held' && grossMinor(rest) === 0;
      await updateHold(tx, hold.group_id, {
        state: isAllBack ? 'refunded' : hold.state,
        left: rest,
        releasedTime: hold.released_time,
      });
      const payment = await lockPayment(tx, hold.payment_id);
      return recordRefund(tx, context, payment, {
        id: refundId,
        group_id: hold.group_id,
        amount_minor: taken.buyerMinor,
        reason: input.reason,
        created_time: time,
      });
    });
    return refundFrom(await sendRefund(deps, marketplaceId, refund));
  };
}

/** Gives back a payment that no order took. */
export function refundPayment(deps: Dependencies): Handler<typeof paymentsContract.refundPayment> {
  const { database, ledger, clock } = deps;
  return async ({ input, context }) => {
    const { marketplaceId } = context;
    const outcome = await database.transaction(marketplaceId, async (tx) => {
      const payment = await lockPayment(tx, uuidFromId(input.paymentId));
      if (payment.order_id !== null) throw errors.PAYMENT_HELD({});
      if (payment.state !== 'captured') return { payment };
      const time = clock();
      await ledger.post(tx, {
        key: `return:${payment.id}`,
        kind: 'return',
        subject: { paymentId: payment.id },
        currency: payment.currency,
        postings: returnPostings(payment.amount_minor),
        time,
      });
      const refund = await recordRefund(tx, context, payment, {
        id: uuidFromId(newId('refund')),
        group_id: null,
        amount_minor: payment.amount_minor,
        reason: input.reason,
        created_time: time,
      });
      return { payment: await lockPayment(tx, payment.id), refund };
    });
    if (outcome.refund !== undefined) await sendRefund(deps, marketplaceId, outcome.refund);
    return paymentFrom(outcome.payment);
  };
}

async function refundPostings(
  { ledger }: Dependencies,
  tx: Transaction,
  hold: HoldRow,
  taken: Shares,
): Promise<Posting[]> {
  if (hold.state !== 'released') return refundHeldPostings(hold.store_id, taken);
  const { availableMinor } = await ledger.lockStore(tx, hold.store_id, hold.currency);
  return refundReleasedPostings(hold.store_id, taken, availableMinor);
}

/** A repeat of the same refund answers the first; another refund under its id is refused. */
function sameRefund(first: RefundRow, hold: HoldRow, amountMinor: number): RefundRow {
  if (first.group_id !== hold.group_id || first.amount_minor !== amountMinor) throw errors.REFUND_ID_REUSED({});
  return first;
}

async function recordRefund(
  tx: Transaction,
  { actor }: Context,
  payment: PaymentRow,
  refund: Pick<RefundRow, 'id' | 'group_id' | 'amount_minor' | 'reason' | 'created_time'>,
): Promise<RefundRow> {
  const updated = await addRefunded(tx, payment, refund.amount_minor);
  const recorded = await insertRefund(tx, {
    ...refund,
    payment_id: payment.id,
    currency: payment.currency,
    state: refund.amount_minor === 0 ? 'succeeded' : 'pending',
  });
  if (recorded === undefined) throw errors.REFUND_ID_REUSED({});
  const refundId = idFromUuid('refund', refund.id);
  const refunded = { amountMinor: refund.amount_minor, currency: payment.currency };
  await tx.announce(paymentRefunded, idFromUuid('payment', payment.id), {
    ...factsOf(updated),
    refundId,
    groupId: refund.group_id === null ? null : idFromUuid('shipmentGroup', refund.group_id),
    refunded,
    reason: refund.reason,
  });
  await tx.audit({
    action: 'payment.refunded',
    subject: refundId,
    actor,
    details: { ...refunded, reason: refund.reason },
  });
  return recorded;
}
