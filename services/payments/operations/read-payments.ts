import { firstUuidOf, type Handlers, uuidFromId } from '@plaza/kernel';
import type { paymentsContract } from '../contract.ts';
import { holdFrom, listHolds } from '../store/hold.ts';
import { findPayment, findPaymentOfCheckout, findPayments, paymentFrom } from '../store/payment.ts';
import { listCaptured, listPayments, listWithoutOrder } from '../store/payment-list.ts';
import { requireReadable } from './access.ts';
import type { Dependencies } from './dependencies.ts';

type Reads = Pick<
  Handlers<typeof paymentsContract>,
  | 'getPayment'
  | 'getPayments'
  | 'getPaymentByCheckout'
  | 'listPayments'
  | 'listCapturedPayments'
  | 'listPaymentsWithoutOrder'
  | 'listHolds'
>;

/** Payments, one by one and in lists, and what is held of them. */
export function paymentReads({ database, clock }: Pick<Dependencies, 'database' | 'clock'>): Reads {
  return {
    getPayment: async ({ input, context }) => {
      const { marketplaceId } = context;
      const row = await findPayment(database.read(marketplaceId), marketplaceId, uuidFromId(input.paymentId));
      return paymentFrom(requireReadable(row, context));
    },
    getPayments: async ({ input, context: { marketplaceId } }) => {
      const ids = input.paymentIds.map(uuidFromId);
      return { items: (await findPayments(database.read(marketplaceId), marketplaceId, ids)).map(paymentFrom) };
    },
    getPaymentByCheckout: async ({ input, context: { marketplaceId } }) => {
      const checkoutId = uuidFromId(input.checkoutId);
      const row = await findPaymentOfCheckout(database.read(marketplaceId), marketplaceId, checkoutId);
      return { payment: row === undefined ? null : paymentFrom(row) };
    },
    listPayments: async ({ input, context: { marketplaceId } }) =>
      listPayments(database.read(marketplaceId), marketplaceId, input),
    listCapturedPayments: async ({ input, context: { marketplaceId } }) => {
      const begun = firstUuidOf(new Date(input.begunSince));
      const after = input.afterPaymentId === undefined ? begun : uuidFromId(input.afterPaymentId);
      const before = new Date(input.capturedBefore);
      const rows = await listCaptured(database.read(marketplaceId), marketplaceId, {
        after,
        before,
        limit: input.limit,
      });
      return { items: rows.map(paymentFrom) };
    },
    listPaymentsWithoutOrder: async ({ input, context: { marketplaceId } }) => {
      const before = new Date(clock().getTime() - input.olderThanSeconds * 1000);
      const rows = await listWithoutOrder(database.read(marketplaceId), marketplaceId, before, input.limit);
      return { items: rows.map(paymentFrom) };
    },
    listHolds: async ({ input, context: { marketplaceId } }) => {
      const rows = await listHolds(database.read(marketplaceId), marketplaceId, uuidFromId(input.orderId));
      return { items: rows.map(holdFrom) };
    },
  };
}
