'use server';

import { act } from '../act.ts';
import { type FormState, keyOf, text } from '../form.ts';

/** Says where a buyer wants what is owed to them. */
export async function givePaybackAddress(
  lang: string,
  paymentId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'account.saved', async (client) => {
    const address = text(form, 'address') ?? '';
    // The address is part of the key: after a mistake is mended, it is another request.
    const idempotencyKey = `${keyOf(form).idempotencyKey}-${address.slice(0, 50)}`;
    await client.payments.setPaybackAddress({ paymentId, address }, { idempotencyKey });
  });
}

/** Shows that money went back by a transaction, which is looked up on the chain. */
export async function provePayback(
  lang: string,
  paybackId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'account.saved', (client) =>
    client.payments.confirmCoinPayback(
      { paybackId, transactionHash: text(form, 'transactionHash') ?? '' },
      keyOf(form),
    ),
  );
}
