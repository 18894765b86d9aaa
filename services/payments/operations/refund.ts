import { type Context, type Handler, idFromUuid, newId, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { paymentsContract, RefundTo } from '../contract.ts';
import { refundCashPostings } from '../domain/cash.ts';
import {
  type Posting,
  refundHeldPostings,
  refundReleasedPostings,
  returnPostings,
  saleReturnPostings,
  subscriptionReturnPostings,
} from '../domain/postings.ts';
import { grossMinor, type RefundParts, type Shares, subtractShares, takeShares } from '../domain/shares.ts';
import { type Returned, splitReturn } from '../domain/wallet.ts';
import { errors } from '../errors.ts';
import { paymentRefunded } from '../events.ts';
import { isContested } from '../store/chargeback.ts';
import { borneLeft, closeHolds, type HoldRow, lockHold, sharesLeft, updateHold } from '../store/hold.ts';
import { addRefunded, lockPayment, type PaymentRow, paidFrom, paymentFrom } from '../store/payment.ts';
import type { TransferOrder } from '../store/posting.ts';
import { findRefund, insertRefund, type RefundRow, refundFrom } from '../store/refund.ts';
import type { Dependencies } from './dependencies.ts';
import { factsOf } from './follow-provider.ts';
import { intoWallet } from './into-wallet.ts';
import { sendRefund } from './send-refunds.ts';
import { walletSettings } from './wallet-part.ts';

/** Gives a part or all of a group back: booked and announced at once, then told to the provider until it takes it. */
export function refundGroup(dependencies: Dependencies): Handler<typeof paymentsContract.refundGroup> {
  const { database } = dependencies;
  return async ({ input, context }) => {
    const { marketplaceId } = context;
    const refundId = uuidFromId(input.refundId);
    const refund = await database.transaction(marketplaceId, async (tx): Promise<RefundRow> => {
      const hold = await lockHold(tx, uuidFromId(input.groupId));
      const first = await findRefund(tx, marketplaceId, refundId);
      if (first !== undefined) return sameRefund(first, hold, input.amountMinor);
      if (await isContested(tx, marketplaceId, hold.payment_id, { ofMoney: true })) throw errors.PAYMENT_DISPUTED({});
      return bookGroupRefund(dependencies, tx, context, hold, {
        id: refundId,
        amountMinor: input.amountMinor,
        parts: input.parts,
        to: input.to,
        reason: input.reason,
        origin: 'plaza',
        providerReference: null,
      });
    });
    return refundFrom(await sendRefund(dependencies, marketplaceId, refund));
  };
}

/** Gives back a payment that no order took, or that is held for one that will not come. */
export function refundPayment(dependencies: Dependencies): Handler<typeof paymentsContract.refundPayment> {
  const { database } = dependencies;
  return async ({ input, context }) => {
    const { marketplaceId } = context;
    const outcome = await database.transaction(marketplaceId, async (tx) => {
      const payment = await lockPayment(tx, uuidFromId(input.paymentId));
      if (payment.purpose === 'top-up') throw errors.PAYMENT_NOT_FOUND({});
      const { heldFor } = input;
      const isHeldAsKnown =
        heldFor !== undefined &&
        payment.order_id === uuidFromId(heldFor.orderId) &&
        payment.version === heldFor.version;
      if (payment.order_id !== null && !isHeldAsKnown) throw errors.PAYMENT_HELD({});
      if (payment.state !== 'captured') return { payment };
      const refund = await bookReturn(dependencies, tx, context, payment, {
        id: uuidFromId(newId('refund')),
        reason: input.reason,
        origin: 'plaza',
        providerReference: null,
      });
      return { payment: await lockPayment(tx, payment.id), refund };
    });
    if (outcome.refund !== undefined) await sendRefund(dependencies, marketplaceId, outcome.refund);
    return paymentFrom(outcome.payment);
  };
}

/** What a refund is, besides its amount. */
export type RefundOrder = Pick<RefundRow, 'id' | 'reason' | 'origin'> & { readonly providerReference: string | null };

/** Books a refund out of a locked hold: postings, what is left, the refund itself and its announcement. */
export async function bookGroupRefund(
  dependencies: Dependencies,
  tx: Transaction,
  context: Context,
  hold: HoldRow,
  {
    amountMinor,
    parts,
    to = 'source',
    ...order
  }: RefundOrder & {
    readonly amountMinor: number;
    readonly parts?: RefundParts | undefined;
    readonly to?: RefundTo;
  },
): Promise<RefundRow> {
  const left = sharesLeft(hold);
  // Nothing was paid yet, or never will be.
  if (hold.state === 'due' || hold.state === 'waived') throw errors.REFUND_EXCEEDS_PAID({ refundableMinor: 0 });
  const borneMinor = borneLeft(hold);
  const refundableMinor = left.buyerMinor + borneMinor;
  if (amountMinor > refundableMinor) throw errors.REFUND_EXCEEDS_PAID({ refundableMinor });
  const taken = takeShares(left, amountMinor, parts, borneMinor);
  const payment = await lockPayment(tx, hold.payment_id);
  const back = returnedOf(dependencies, tx, payment, taken.buyerMinor, to);
  const time = dependencies.clock();
  await bookBack(dependencies, tx, payment, back, {
    key: `refund:${order.id}`,
    kind: 'refund',
    subject: { paymentId: hold.payment_id, orderId: hold.order_id, groupId: hold.group_id },
    postings: () => refundPostings(dependencies, tx, hold, taken, back),
    time,
  });
  const rest = subtractShares(left, taken);
  const isAllBack = hold.state === 'held' && grossMinor(rest) === 0;
  await updateHold(tx, hold.group_id, {
    state: isAllBack ? 'refunded' : hold.state,
    left: rest,
    releasedTime: hold.released_time,
    borneBackMinor: amountMinor - taken.buyerMinor,
  });
  return recordRefund(tx, context, payment, order, {
    groupId: hold.group_id,
    back,
    // Before the release nothing was charged.
    commissionMinor: hold.state === 'released' ? taken.commissionMinor : 0,
    time,
  });
}

/**
 * Books the return of a whole, locked payment that has no order: each part to where it came from. What was held for an
 * order that will not come is held no more. @throws PAYMENT_HELD when a part of that was released or refunded before
 */
export async function bookReturn(
  dependencies: Dependencies,
  tx: Transaction,
  context: Context,
  payment: PaymentRow,
  order: RefundOrder,
): Promise<RefundRow> {
  const time = dependencies.clock();
  const back = returnedOf(dependencies, tx, payment, payment.amount_minor, 'source');
  await bookBack(dependencies, tx, payment, back, {
    key: `return:${payment.id}`,
    kind: 'return',
    subject: { paymentId: payment.id },
    postings: () => returnPostingsOf(tx, payment, back),
    time,
  });
  return recordRefund(tx, context, payment, order, { groupId: null, back, commissionMinor: 0, time });
}

/** Posts what goes back; of what comes into a wallet, its debt is paid first. */
async function bookBack(
  { ledger }: Dependencies,
  tx: Transaction,
  { id: paymentId, currency }: PaymentRow,
  { walletMinor, memberId }: Returned,
  {
    postings,
    ...transfer
  }: Omit<TransferOrder, 'postings' | 'currency'> & {
    readonly postings: () => Promise<Posting[]>;
  },
): Promise<void> {
  const book = async () => ledger.post(tx, { ...transfer, currency, postings: await postings() });
  const { key, time } = transfer;
  if (walletMinor === 0 || memberId === null) await book();
  else await intoWallet(tx, ledger, { memberId, currency, paymentId, key, time }, book);
}

async function returnPostingsOf(tx: Transaction, payment: PaymentRow, back: Returned): Promise<Posting[]> {
  const { purpose, order_id: orderId, amount_minor: amountMinor, tax_minor: taxMinor } = payment;
  if (purpose === 'subscription') return subscriptionReturnPostings(amountMinor, amountMinor - taxMinor);
  if (orderId === null) return returnPostings(amountMinor, back);
  const holds = await closeHolds(tx, payment.id, orderId);
  if (holds.some(({ state }) => state !== 'held')) throw errors.PAYMENT_HELD({});
  return saleReturnPostings(
    holds.map((hold) => ({ storeId: hold.store_id, shares: sharesLeft(hold) })),
    back,
  );
}

async function refundPostings(
  { ledger }: Dependencies,
  tx: Transaction,
  hold: HoldRow,
  taken: Shares,
  back: Returned,
): Promise<Posting[]> {
  if (hold.state !== 'released' && hold.collector !== 'seller') return refundHeldPostings(hold.store_id, taken, back);
  const balance = await ledger.lockStore(tx, hold.store_id, hold.currency);
  return hold.state === 'released'
    ? refundReleasedPostings(hold.store_id, taken, balance.availableMinor, back)
    : refundCashPostings(hold.store_id, taken, back, balance);
}

/** How a refund of a locked payment divides between how it was paid and the wallet. @throws WALLET_NOT_FOUND for a guest's */
function returnedOf(
  { marketplaces }: Dependencies,
  { marketplaceId }: Transaction,
  payment: PaymentRow,
  amountMinor: number,
  to: RefundTo,
): Returned {
  const { payer_member_id: memberId, currency } = payment;
  const parts = splitReturn(paidFrom(payment), amountMinor, to);
  if (parts.walletMinor > 0 && memberId === null) throw errors.WALLET_NOT_FOUND({});
  if (to === 'wallet') walletSettings(marketplaces, marketplaceId, currency);
  return { ...parts, memberId };
}

/** A repeat of the same refund answers the first; another refund under its id is refused. */
function sameRefund(first: RefundRow, hold: HoldRow, amountMinor: number): RefundRow {
  if (first.group_id !== hold.group_id || first.amount_minor !== amountMinor) throw errors.REFUND_ID_REUSED({});
  return first;
}

/** Writes a refund that is in the books: on the payment, by itself, announced and audited. */
export async function recordRefund(
  tx: Transaction,
  { actor }: Context,
  payment: PaymentRow,
  { id, reason, origin, providerReference }: RefundOrder,
  {
    groupId,
    back,
    commissionMinor,
    time,
  }: { groupId: string | null; back: Returned; commissionMinor: number; time: Date },
): Promise<RefundRow> {
  const { sourceMinor, walletMinor } = back;
  const amountMinor = sourceMinor + walletMinor;
  const updated = await addRefunded(tx, payment, amountMinor, walletMinor);
  const recorded = await insertRefund(tx, {
    id,
    reason,
    origin,
    group_id: groupId,
    amount_minor: amountMinor,
    wallet_minor: walletMinor,
    created_time: time,
    payment_id: payment.id,
    currency: payment.currency,
    // Nothing is left to send when all went to the wallet, or when the provider or the bank has sent it already.
    state: sourceMinor === 0 || origin !== 'plaza' ? 'succeeded' : 'pending',
    provider_reference: providerReference,
    failure_reason: null,
  });
  if (recorded === undefined) throw errors.REFUND_ID_REUSED({});
  const refundId = idFromUuid('refund', id);
  const refunded = { amountMinor, currency: payment.currency };
  await tx.announce(paymentRefunded, idFromUuid('payment', payment.id), {
    ...factsOf(updated),
    refundId,
    groupId: groupId === null ? null : idFromUuid('shipmentGroup', groupId),
    refunded,
    commission: { amountMinor: commissionMinor, currency: payment.currency },
    reason,
    origin,
  });
  await tx.audit({
    action: 'payment.refunded',
    subject: refundId,
    actor,
    details: { ...refunded, walletMinor, reason, origin },
  });
  return recorded;
}
