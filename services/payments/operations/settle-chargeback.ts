import { idFromUuid, newUuid, serviceContext } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { Bearer } from '../contract.ts';
import { type ChargebackPart, divideChargeback } from '../domain/chargeback.ts';
import {
  chargebackBornePostings,
  chargebackLostPostings,
  chargebackUnclaimedPostings,
  refundByBankPostings,
} from '../domain/postings.ts';
import { grossMinor, subtractShares } from '../domain/shares.ts';
import { sourceLeft } from '../domain/wallet.ts';
import { chargebackSettled } from '../events.ts';
import { bearHold, type ChargebackPartRow, type ChargebackRow, settleChargebackRow } from '../store/chargeback.ts';
import { type HoldRow, listHolds, lockHold, sharesLeft, updateHold } from '../store/hold.ts';
import { addRefunded, findPayment, lockPayment, paidFrom } from '../store/payment.ts';
import { lockFailedRefunds, settleByBank } from '../store/refund.ts';
import type { Dependencies } from './dependencies.ts';
import { recordRefund } from './refund.ts';
import { takeBackTopUp } from './take-back-top-up.ts';

type Bearers = { readonly of: (groupId: string) => Bearer; readonly reason: string };

/** Settles a lost chargeback that an operator has ruled on; any other waits. */
export async function settleIfRuled(dependencies: Dependencies, tx: Transaction, row: ChargebackRow): Promise<void> {
  const { ruling } = row;
  if (row.state !== 'lost' || row.settled_time !== null || ruling === null) return;
  await settle(dependencies, tx, row, { of: () => ruling, reason: row.ruling_reason ?? '' });
}

/**
 * Books a lost chargeback, locked and not settled, on whoever bears it. What a seller bears leaves the hold as a refund
 * does, without the provider being asked for it: the buyer has the money. What the platform bears leaves the seller's part
 * as it was. Either way the buyer's part is gone, so no later refund gives it back twice.
 */
export async function settle(
  dependencies: Dependencies,
  tx: Transaction,
  row: ChargebackRow,
  bearers: Bearers,
): Promise<void> {
  const holds: HoldRow[] = [];
  // Not locked before its holds: an order that a payment has, it keeps.
  const payment = await findPayment(tx, tx.marketplaceId, row.payment_id);
  const orderId = payment?.order_id ?? null;
  if (orderId !== null) {
    for (const { group_id } of await listHolds(tx, tx.marketplaceId, orderId)) holds.push(await lockHold(tx, group_id));
  }
  const groups = holds.map((hold) => ({
    groupId: hold.group_id,
    left: sharesLeft(hold),
    bearer: bearers.of(hold.group_id),
  }));
  // Under the locks of its holds, without which none of it goes back.
  const source = payment === undefined ? 0 : sourceLeft(paidFrom(await lockPayment(tx, payment.id)));
  // A claim that was lost before the provider took anything (an inquiry) cost nothing here.
  const amountMinor = Math.max(0, row.taken_minor - row.fee_minor);
  const { parts, restMinor } = divideChargeback(amountMinor, row.fee_minor, groups, source);
  const booked: Omit<ChargebackPartRow, 'chargeback_id'>[] = [];
  const againMinor = Math.max(0, amountMinor - source);
  let borneMinor = restMinor - (await settleFailedRefunds(dependencies, tx, row, againMinor));
  for (const part of parts) {
    const hold = holds.find(({ group_id }) => group_id === part.groupId) as HoldRow;
    if (part.bearer === 'seller') await bookSeller(dependencies, tx, row, hold, part);
    else {
      borneMinor += part.taken.buyerMinor;
      await bearHold(tx, hold.group_id, part.taken.buyerMinor);
    }
    await noteReturned(dependencies, tx, row, part, hold.state === 'released');
    booked.push({
      group_id: part.groupId,
      bearer: part.bearer,
      amount_minor: part.taken.buyerMinor,
      fee_minor: part.feeMinor,
    });
  }
  // What was paid for a plan was earned when it was captured: its loss is the platform's.
  if (holds.length === 0 && payment?.purpose !== 'subscription')
    borneMinor -= await bookUnclaimed(dependencies, tx, row, amountMinor, booked);
  await dependencies.ledger.post(tx, {
    key: `chargeback-borne:${row.id}`,
    kind: 'chargeback_borne',
    subject: { paymentId: row.payment_id },
    currency: row.currency,
    postings: chargebackBornePostings(borneMinor),
    time: dependencies.clock(),
  });
  await settleChargebackRow(tx, row.id, booked, dependencies.clock());
  await announce(tx, row, orderId, bearers.reason, booked);
}

/**
 * What the books say that the buyer had back before, and the provider had refused to send, is what the bank gave them now: it
 * is owed no more, and nobody paid it twice. Answers how much of `againMinor`, what seems to be paid twice, that was.
 */
async function settleFailedRefunds(
  { ledger, clock }: Dependencies,
  tx: Transaction,
  row: ChargebackRow,
  againMinor: number,
): Promise<number> {
  let settledMinor = 0;
  for (const refund of await lockFailedRefunds(tx, row.payment_id)) {
    const amountMinor = refund.amount_minor - refund.wallet_minor;
    if (settledMinor + amountMinor > againMinor) continue;
    settledMinor += amountMinor;
    await settleByBank(tx, refund.id, row.id);
    await ledger.post(tx, {
      key: `refund-by-bank:${refund.id}`,
      kind: 'refund_by_bank',
      subject: { paymentId: row.payment_id, ...(refund.group_id === null ? {} : { groupId: refund.group_id }) },
      currency: row.currency,
      postings: refundByBankPostings(amountMinor),
      time: clock(),
    });
    await tx.audit({
      action: 'refund.sent_by_bank',
      subject: idFromUuid('refund', refund.id),
      actor: { kind: 'service', service: 'payments' },
      details: { amountMinor, currency: row.currency, chargeback: idFromUuid('chargeback', row.id) },
    });
  }
  return settledMinor;
}

async function bookSeller(
  { ledger, clock }: Dependencies,
  tx: Transaction,
  row: ChargebackRow,
  hold: HoldRow,
  { taken, feeMinor }: ChargebackPart,
): Promise<void> {
  const left = subtractShares(sharesLeft(hold), taken);
  const { availableMinor } = await ledger.lockStore(tx, hold.store_id, hold.currency);
  const isReleased = hold.state === 'released';
  await ledger.post(tx, {
    key: `chargeback-part:${row.id}:${hold.group_id}`,
    kind: 'chargeback',
    subject: { paymentId: row.payment_id, orderId: hold.order_id, groupId: hold.group_id },
    currency: row.currency,
    postings: chargebackLostPostings(hold.store_id, taken, { isReleased, feeMinor, availableMinor }),
    time: clock(),
  });
  const isAllBack = hold.state === 'held' && grossMinor(left) === 0;
  const state = isAllBack ? 'refunded' : hold.state;
  await updateHold(tx, hold.group_id, { state, left, releasedTime: hold.released_time });
}

/** A payment that no order took: out of what is kept for it, or out of the wallet it was for. Answers how much. */
async function bookUnclaimed(
  { ledger, clock }: Dependencies,
  tx: Transaction,
  row: ChargebackRow,
  takenMinor: number,
  booked: Omit<ChargebackPartRow, 'chargeback_id'>[],
): Promise<number> {
  const payment = await lockPayment(tx, row.payment_id);
  const amountMinor = Math.min(takenMinor, payment.amount_minor - payment.refunded_minor);
  if (amountMinor === 0) return 0;
  const key = `chargeback-part:${row.id}:`;
  if (payment.purpose === 'top-up') {
    const actor = { kind: 'service', service: 'payments' } as const;
    await takeBackTopUp({ ledger, clock }, tx, actor, payment, { amountMinor, key, from: 'chargeback_receivable' });
  } else {
    await ledger.post(tx, {
      key,
      kind: 'chargeback',
      subject: { paymentId: row.payment_id },
      currency: row.currency,
      postings: chargebackUnclaimedPostings(amountMinor),
      time: clock(),
    });
  }
  await addRefunded(tx, payment, amountMinor);
  booked.push({ group_id: null, bearer: 'seller', amount_minor: amountMinor, fee_minor: 0 });
  return amountMinor;
}

/** The payment and the list of refunds say what the bank gave back, and that no provider needs to send it. */
async function noteReturned(
  { clock }: Dependencies,
  tx: Transaction,
  row: ChargebackRow,
  { groupId, bearer, taken }: ChargebackPart,
  isReleased: boolean,
): Promise<void> {
  const { buyerMinor: amountMinor } = taken;
  if (amountMinor === 0) return;
  const payment = await lockPayment(tx, row.payment_id);
  const context = serviceContext('payments', tx.marketplaceId, row.id);
  const order = { id: newUuid(), reason: row.reason, origin: 'chargeback', providerReference: row.reference } as const;
  // Commission was earned by the release, and returns only where the seller gives it back.
  const commissionMinor = bearer === 'seller' && isReleased ? taken.commissionMinor : 0;
  // The bank gives back what came by card or the like, never what a wallet paid.
  const back = { sourceMinor: amountMinor, walletMinor: 0, memberId: null };
  await recordRefund(tx, context, payment, order, { groupId, back, commissionMinor, time: clock() });
}

async function announce(
  tx: Transaction,
  row: ChargebackRow,
  orderId: string | null,
  reason: string,
  booked: readonly Omit<ChargebackPartRow, 'chargeback_id'>[],
): Promise<void> {
  const chargebackId = idFromUuid('chargeback', row.id);
  await tx.announce(chargebackSettled, chargebackId, {
    chargebackId,
    paymentId: idFromUuid('payment', row.payment_id),
    orderId: orderId === null ? null : idFromUuid('order', orderId),
    reason,
    parts: booked.flatMap(({ group_id, bearer, amount_minor }) =>
      group_id === null
        ? []
        : [
            {
              groupId: idFromUuid('shipmentGroup', group_id),
              bearer,
              amount: { amountMinor: amount_minor, currency: row.currency },
            },
          ],
    ),
  });
}
