'use server';

import { revalidatePath } from 'next/cache';
import { api } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';

/** Gives a part of a sale back to its buyer. */
export async function refundPart(
  lang: string,
  sale: { orderId: string; groupId: string; currency: string },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const amount = typedMoneyOf(form, 'amount', sale.currency);
    if (amount === undefined) return mistake(t, form, 'amount');
    const client = await api(lang);
    await client.orders.refundOrder(
      {
        orderId: sale.orderId as never,
        groupId: sale.groupId as never,
        amountMinor: amount.amountMinor,
        reason: text(form, 'reason') ?? '',
      },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    return { notice: t('order.done') };
  });
}

/** Sends available money to a bank account. The number is passed on and kept nowhere. */
export async function requestPayout(
  lang: string,
  store: { id: string; currency: string },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const amount = typedMoneyOf(form, 'amount.amount', store.currency);
    if (amount === undefined) return mistake(t, form, 'amount.amount');
    const client = await api(lang);
    await client.payments.requestPayout(
      {
        storeId: store.id as never,
        amount: amount as never,
        destination: {
          bankName: text(form, 'destination.bankName') ?? '',
          holderName: text(form, 'destination.holderName') ?? '',
          accountNumber: (text(form, 'destination.accountNumber') ?? '').toUpperCase(),
        },
      },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    return { notice: t('balance.requested') };
  });
}
