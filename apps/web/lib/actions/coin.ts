'use server';

import { revalidatePath } from 'next/cache';
import { api } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';

/** Says where a buyer wants what is owed to them. */
export async function givePaybackAddress(
  lang: string,
  paymentId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await api(lang);
    const address = text(form, 'address') ?? '';
    // The address is part of the key: after a mistake is mended, it is another request.
    const idempotencyKey = `${keyOf(form).idempotencyKey}-${address.slice(0, 50)}`;
    await client.payments.setPaybackAddress({ paymentId, address }, { idempotencyKey });
    revalidatePath('/', 'layout');
    return { notice: t('account.saved') };
  });
}

/** Shows that money went back by a transaction, which is looked up on the chain. */
export async function provePayback(
  lang: string,
  paybackId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await api(lang);
    await client.payments.confirmCoinPayback(
      { paybackId, transactionHash: text(form, 'transactionHash') ?? '' },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    return { notice: t('account.saved') };
  });
}
