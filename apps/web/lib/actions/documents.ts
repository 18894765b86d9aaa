'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, versionOf } from '../form.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';
import { taxDetailsOf } from '../tax-details.ts';

/** Has an invoice made out for one store's part of an order. */
export async function requestInvoice(
  lang: string,
  sale: { orderId: string; groupId: string },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    await client.orders.requestInvoice(
      {
        orderId: sale.orderId,
        groupId: sale.groupId,
        invoiceDetails: taxDetailsOf(form, 'invoiceDetails.'),
      },
      keyOf(form),
    );
    revalidatePath(paths.order(lang, sale.orderId));
    return { notice: t('invoice.issued') };
  });
}

/** Saves what the store is called on its documents. */
export async function saveTaxDetails(
  lang: string,
  store: { storeId: string; version: number },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    await client.orders.setStoreTaxDetails(
      {
        storeId: store.storeId,
        details: taxDetailsOf(form, 'details.'),
        ...(store.version === 0 ? {} : versionOf(form, store.version)),
      },
      keyOf(form),
    );
    revalidatePath(paths.studioStore(lang));
    redirect(`${paths.studioStore(lang)}?saved=${Date.now()}`);
  });
}
