import { type Handler, invalidInput, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { HoldGroup, paymentsContract } from '../contract.ts';
import { holdPostings } from '../domain/postings.ts';
import { areValid, type Shares } from '../domain/shares.ts';
import { errors } from '../errors.ts';
import { type HoldRow, holdFrom, insertHolds, listHolds } from '../store/hold.ts';
import { lockPayment } from '../store/payment.ts';
import type { Dependencies } from './dependencies.ts';

/** Puts a captured payment into the escrow of its order's stores. */
export function holdForOrder({ database, ledger, clock }: Dependencies): Handler<typeof paymentsContract.holdForOrder> {
  return async ({ input, context: { marketplaceId } }) => {
    const groups = input.groups.map((group) => ({ storeId: uuidFromId(group.storeId), shares: sharesOf(group) }));
    const wrong = groups.findIndex(({ shares }) => !areValid(shares));
    if (wrong >= 0) {
      throw invalidInput([
        { pointer: `/groups/${wrong}`, code: 'shares', detail: 'commission and tax must be within what is held' },
      ]);
    }
    const paymentId = uuidFromId(input.paymentId);
    const orderId = uuidFromId(input.orderId);
    const sumMinor = input.groups.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
    return database.transaction(marketplaceId, async (tx) => {
      const time = clock();
      const holds = await insertHolds(tx, { paymentId, orderId, groups: input.groups, sumMinor, time });
      const [first] = holds;
      if (first === undefined) return { items: await existingHolds(tx, { paymentId, orderId, sumMinor }) };
      await ledger.post(tx, {
        key: `hold:${paymentId}`,
        kind: 'hold',
        subject: { paymentId, orderId },
        currency: first.currency,
        postings: holdPostings(groups),
        time,
      });
      return { items: holds.map(holdFrom) };
    });
  };
}

/** Why nothing was held: because this order holds it already, or a refusal. */
async function existingHolds(
  tx: Transaction,
  { paymentId, orderId, sumMinor }: { paymentId: string; orderId: string; sumMinor: number },
) {
  const payment = await lockPayment(tx, paymentId);
  if (payment.order_id === orderId) {
    const rows: HoldRow[] = await listHolds(tx, tx.marketplaceId, orderId);
    return rows.map(holdFrom);
  }
  if (payment.order_id !== null) throw errors.PAYMENT_HELD({});
  if (payment.state !== 'captured') throw errors.PAYMENT_NOT_CAPTURED({ state: payment.state });
  throw errors.HOLD_MISMATCH({ expectedMinor: payment.amount_minor, actualMinor: sumMinor });
}

function sharesOf(group: HoldGroup): Shares {
  return {
    buyerMinor: group.totalMinor,
    fundedMinor: group.platformFundedMinor,
    commissionMinor: group.commissionMinor,
    taxMinor: group.taxMinor,
  };
}
