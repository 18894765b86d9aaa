'use server';

import type { Currency } from '@plaza/kernel';
import { revalidatePath } from 'next/cache';
import { api } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';

/** Gives a part of a sale back to its buyer. */
export async function refundPart(
  lang: string,
  sale: { orderId: string; groupId: string; currency: Currency },
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
        orderId: sale.orderId,
        groupId: sale.groupId,
        amountMinor: amount.amountMinor,
        reason: text(form, 'reason') ?? '',
        ...(text(form, 'refundTo') === 'wallet' ? { refundTo: 'wallet' as const } : {}),
      },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    return { notice: t('order.done') };
  });
}
