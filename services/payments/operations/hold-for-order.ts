import { type Currency, type Handler, invalidInput, uuidFromId } from '@plaza/kernel';
import type { HoldGroup, paymentsContract } from '../contract.ts';
import { holdPostings } from '../domain/postings.ts';
import { areValid, type Shares } from '../domain/shares.ts';
import { errors } from '../errors.ts';
import { insertDueHolds } from '../store/cash.ts';
import { confirmHolds, type HoldRow, holdFrom, insertHolds, listHolds } from '../store/hold.ts';
import { findPayment, getPayment } from '../store/payment.ts';
import { postingOf } from '../store/posting.ts';
import type { Dependencies } from './dependencies.ts';

/**
 * Puts a captured payment into the escrow of its order's stores. One statement does it all when the payment is in the
 * marketplace's own currency, as nearly all are; the rest is for repeats, refusals and other currencies.
 */
export function holdForOrder({
  database,
  ledger,
  marketplaces,
  providers,
  clock,
}: Dependencies): Handler<typeof paymentsContract.holdForOrder> {
  return async ({ input, context: { marketplaceId } }) => {
    const shares = sharesOfGroups(input.groups);
    const queries = database.read(marketplaceId);
    const postings = holdPostings(shares);
    const paymentId = uuidFromId(input.paymentId);
    const orderId = uuidFromId(input.orderId);
    const sumMinor = input.groups.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
    const holdIn = async (currency: Currency): Promise<HoldRow[]> => {
      const time = clock();
      const subject = { paymentId, orderId };
      const transfer = { key: `hold:${paymentId}`, kind: 'hold', subject, currency, postings, time };
      await ledger.openNow(queries, marketplaceId, currency, postings);
      const order = { paymentId, orderId, groups: input.groups, sumMinor, currency, time };
      return insertHolds(queries, marketplaceId, order, postingOf(marketplaceId, transfer));
    };

    const holds = await holdIn(marketplaces.get(marketplaceId).currency);
    if (holds.length > 0) return { items: holds.map(holdFrom) };

    const payment = await getPayment(queries, marketplaceId, paymentId);
    if (payment.order_id === orderId) {
      await confirmHolds(queries, marketplaceId, paymentId);
      const [now, items] = await Promise.all([
        findPayment(queries, marketplaceId, paymentId),
        listHolds(queries, marketplaceId, orderId),
      ]);
      // Given back in between: it was untied from this order.
      if (now?.order_id !== orderId) throw errors.PAYMENT_NOT_CAPTURED({ state: now?.state ?? payment.state });
      return { items: items.map(holdFrom) };
    }
    if (payment.order_id !== null) throw errors.PAYMENT_HELD({});
    const collector = payment.state === 'due' ? providers.get(payment.provider)?.abilities.collector : undefined;
    if (collector !== undefined) {
      const due = { paymentId, orderId, groups: input.groups, sumMinor, collector, time: clock() };
      const rows = await insertDueHolds(queries, marketplaceId, due);
      if (rows.length > 0) return { items: rows.map(holdFrom) };
      throw payment.amount_minor === sumMinor
        ? errors.PAYMENT_HELD({})
        : errors.HOLD_MISMATCH({ expectedMinor: payment.amount_minor, actualMinor: sumMinor });
    }
    if (payment.state !== 'captured') throw errors.PAYMENT_NOT_CAPTURED({ state: payment.state });
    if (payment.amount_minor !== sumMinor) {
      throw errors.HOLD_MISMATCH({ expectedMinor: payment.amount_minor, actualMinor: sumMinor });
    }
    const inItsCurrency = await holdIn(payment.currency);
    if (inItsCurrency.length === 0) throw errors.PAYMENT_HELD({});
    return { items: inItsCurrency.map(holdFrom) };
  };
}

/** What each store is to hold. @throws INVALID_INPUT when a part is more than the whole */
export function sharesOfGroups(groups: readonly HoldGroup[]): { storeId: string; shares: Shares }[] {
  const shares = groups.map((group) => ({ storeId: uuidFromId(group.storeId), shares: sharesOf(group) }));
  const wrong = shares.findIndex((each) => !areValid(each.shares));
  if (wrong < 0) return shares;
  throw invalidInput([
    { pointer: `/groups/${wrong}`, code: 'shares', detail: 'commission and tax must be within what is held' },
  ]);
}

function sharesOf(group: HoldGroup): Shares {
  return {
    buyerMinor: group.totalMinor,
    fundedMinor: group.platformFundedMinor,
    commissionMinor: group.commissionMinor,
    taxMinor: group.taxMinor,
  };
}
