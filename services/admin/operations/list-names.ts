import type { catalogContract } from '@plaza/catalog/contract';
import type { identityContract } from '@plaza/identity/contract';
import { asService, type Client, type Handler, type IdKind, isId, money } from '@plaza/kernel';
import type { marketingContract } from '@plaza/marketing/contract';
import type { Payment, paymentsContract, Refund } from '@plaza/payments/contract';
import type { adminContract } from '../contract.ts';

export type Dependencies = {
  readonly identity: Pick<Client<typeof identityContract>, 'getMembers'>;
  readonly catalog: Pick<Client<typeof catalogContract>, 'getStores'>;
  readonly marketing: Pick<Client<typeof marketingContract>, 'getCoupons'>;
  readonly payments: Pick<Client<typeof paymentsContract>, 'getPayments' | 'getRefunds'>;
};

const NOTHING_MORE = { email: null, slug: null, amount: null, orderId: null };

/** At most five calls, however many ids; a refund is named together with the payment that it gives back. */
export function listNames({
  identity,
  catalog,
  marketing,
  payments,
}: Dependencies): Handler<typeof adminContract.listNames> {
  return async ({ input, context }) => {
    const service = asService('admin', context);
    const of = <Kind extends IdKind>(kind: Kind) => [...new Set(input.id)].filter((id) => isId(kind, id));
    const [memberIds, storeIds, couponIds, refundIds] = [of('member'), of('store'), of('coupon'), of('refund')];
    const [members, stores, coupons, refunds] = await Promise.all([
      memberIds.length === 0 ? [] : identity.getMembers({ memberIds }, service).then(({ items }) => items),
      storeIds.length === 0 ? [] : catalog.getStores({ storeIds }, service).then(({ items }) => items),
      couponIds.length === 0 ? [] : marketing.getCoupons({ couponIds }, service).then(({ items }) => items),
      refundIds.length === 0 ? [] : payments.getRefunds({ refundIds }, service).then(({ items }) => items),
    ]);
    const asked = of('payment');
    const paymentIds = [...new Set([...asked, ...refunds.map(({ paymentId }) => paymentId)])];
    const paid = paymentIds.length === 0 ? [] : (await payments.getPayments({ paymentIds }, service)).items;
    const byId = new Map(paid.map((payment) => [payment.id, payment]));
    return {
      items: [
        ...members.map(({ id, displayName, email }) => ({ ...NOTHING_MORE, id, name: displayName, email })),
        ...stores.map(({ id, name, slug }) => ({ ...NOTHING_MORE, id, name, slug })),
        ...coupons.map(({ id, code }) => ({ ...NOTHING_MORE, id, name: code })),
        ...asked.flatMap((id) => namedPayment(byId.get(id))),
        ...refunds.map((refund) => namedRefund(refund, byId.get(refund.paymentId))),
      ],
    };
  };
}

function namedPayment(payment: Payment | undefined) {
  if (payment === undefined) return [];
  const { id, method, amount, orderId } = payment;
  const name = [method.brand ?? method.kind, method.last4].filter((each) => each !== null).join(' ');
  return [{ ...NOTHING_MORE, id, name, amount, orderId }];
}

function namedRefund({ id, reason, amountMinor, currency }: Refund, payment: Payment | undefined) {
  return { ...NOTHING_MORE, id, name: reason, amount: money(amountMinor, currency), orderId: payment?.orderId ?? null };
}
