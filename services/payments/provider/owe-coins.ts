import { idFromUuid } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { paybackAddressMissing } from '../events.ts';
import { insertPayback, lacksAddress, type NewPayback } from '../store/coin-payback.ts';
import type { PaymentRow } from '../store/payment.ts';

/** Owes a buyer coins, once under its id. Who has not said where they shall go is asked for it. */
export async function oweCoins(
  tx: Transaction,
  payment: Pick<PaymentRow, 'id' | 'order_id' | 'payer_member_id'>,
  row: Omit<NewPayback, 'payment_id'>,
): Promise<void> {
  const isNew = await insertPayback(tx, { ...row, payment_id: payment.id });
  if (!isNew || !(await lacksAddress(tx, payment.id))) return;
  const paybackId = idFromUuid('payback', row.id);
  await tx.announce(paybackAddressMissing, paybackId, {
    paybackId,
    paymentId: idFromUuid('payment', payment.id),
    orderId: payment.order_id === null ? null : idFromUuid('order', payment.order_id),
    payerMemberId: payment.payer_member_id === null ? null : idFromUuid('member', payment.payer_member_id),
    owed: { amountMinor: row.amount_minor, currency: row.currency },
  });
}
