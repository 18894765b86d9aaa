'use server';

import type { Currency } from '@plaza/kernel';
import { act } from '../act.ts';
import { type FormState, keyOf, text } from '../form.ts';
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
  const amount = typedMoneyOf(form, 'amount', sale.currency);
  if (amount === undefined) return mistake(t, form, 'amount');
  return act(lang, form, 'order.done', (client) =>
    client.orders.refundOrder(
      {
        orderId: sale.orderId,
        groupId: sale.groupId,
        amountMinor: amount.amountMinor,
        reason: text(form, 'reason') ?? '',
        ...(text(form, 'refundTo') === 'wallet' ? { refundTo: 'wallet' as const } : {}),
      },
      keyOf(form),
    ),
  );
}
