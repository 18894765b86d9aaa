import { type Handler, idFromUuid, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { paymentsContract } from '../contract.ts';
import { releaseCashPostings } from '../domain/cash.ts';
import { releasePostings } from '../domain/postings.ts';
import { type Shares, sellerMinor } from '../domain/shares.ts';
import { errors } from '../errors.ts';
import { holdReleased } from '../events.ts';
import { isContested } from '../store/chargeback.ts';
import { type HoldRow, holdFrom, lockHold, sharesLeft, updateHold } from '../store/hold.ts';
import type { Dependencies } from './dependencies.ts';

/** The order is fulfilled: what is left in escrow is the seller's, less commission, tax, and what the store owes. */
export function releaseHold({ database, ledger, clock }: Dependencies): Handler<typeof paymentsContract.releaseHold> {
  return ({ input, context: { marketplaceId } }) =>
    database.transaction(marketplaceId, async (tx) => {
      const hold = await lockHold(tx, uuidFromId(input.groupId));
      if (hold.state === 'released') return holdFrom(hold);
      if (hold.state !== 'held') throw errors.HOLD_CLOSED({ state: hold.state });
      if (await isContested(tx, marketplaceId, hold.payment_id, { ofMoney: false })) throw errors.PAYMENT_DISPUTED({});
      const left = sharesLeft(hold);
      const time = clock();
      const balance = await ledger.lockStore(tx, hold.store_id, hold.currency);
      await ledger.post(tx, {
        key: `release:${hold.group_id}`,
        kind: 'release',
        subject: { paymentId: hold.payment_id, orderId: hold.order_id, groupId: hold.group_id },
        currency: hold.currency,
        postings:
          hold.collector === 'seller'
            ? releaseCashPostings(hold.store_id, left, balance)
            : releasePostings(hold.store_id, left, balance.owedMinor),
        time,
      });
      await announceRelease(tx, hold, left);
      return holdFrom(await updateHold(tx, hold.group_id, { state: 'released', left, releasedTime: time }));
    });
}

async function announceRelease(tx: Transaction, hold: HoldRow, left: Shares): Promise<void> {
  const groupId = idFromUuid('shipmentGroup', hold.group_id);
  const { currency } = hold;
  await tx.announce(holdReleased, groupId, {
    groupId,
    orderId: idFromUuid('order', hold.order_id),
    storeId: idFromUuid('store', hold.store_id),
    sellerMemberId: idFromUuid('member', hold.seller_member_id),
    credited: { amountMinor: sellerMinor(left), currency },
    commission: { amountMinor: left.commissionMinor, currency },
    tax: { amountMinor: left.taxMinor, currency },
  });
}
