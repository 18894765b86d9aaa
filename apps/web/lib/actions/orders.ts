'use server';

import type { Currency } from '@plaza/kernel';
import { redirect } from 'next/navigation';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';
import { paths } from '../paths.ts';
import { shopper } from '../shopper.ts';

/** Opens an order by what stood behind the `#` of a mailed link, then shows it. */
export async function openOrder(lang: string, orderId: string, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await shopper(lang);
    const token = text(form, 'accessCode') ?? '';
    await client.orders.openGuestOrder({ orderId, token }, keyOf(form));
    redirect(paths.order(lang, orderId));
  });
}

/** Has a new link mailed to a guest who knows the number and the address of the order. */
export async function mailOrderLink(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await shopper(lang);
    const [orderNumber, email] = [text(form, 'orderNumber') ?? '', text(form, 'email') ?? ''];
    await client.orders.mailOrderLink({ orderNumber, email }, keyOf(form));
    return { notice: t('orderLink.sent') };
  });
}

/** Takes an action that the order offers, with what it asked for. */
export async function takeOrderAction(
  lang: string,
  { orderId, groupId, currency }: { orderId: string; groupId: string; currency: Currency },
  action: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const refund = typedMoneyOf(form, 'refund', currency);
  if (refund === undefined && form.has('refund')) return mistake(t, form, 'refund');
  return act(lang, form, 'order.done', async (client) => {
    const entered = (['carrier', 'trackingNumber', 'reason', 'proof', 'refundTo'] as const).map(
      (name) => [name, text(form, name)] as const,
    );
    await client.orders.takeOrderAction(
      {
        orderId,
        groupId,
        action,
        ...Object.fromEntries(entered.filter(([, value]) => value !== undefined)),
        ...(refund === undefined ? {} : { refundMinor: refund.amountMinor }),
      },
      keyOf(form),
    );
  });
}

/** Fresh links to the files of a license, which the screen then shows; each works for ten minutes. */
export async function createDownload(
  lang: string,
  licenseId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    const { files } = await client.orders.createDownload({ licenseId });
    return { result: { files: files.map(({ filename, url }) => ({ filename, url })) } };
  });
}
