'use server';

import type { Currency } from '@plaza/kernel';
import type { BankResult } from '@plaza/payments/contract';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { api } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';

type Client = Awaited<ReturnType<typeof api>>['payments'];

/** What an operator can do with one payout: the button that was pressed says which. */
export async function decidePayout(
  lang: string,
  payoutId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return work(lang, form, (client) => {
    const payout = { payoutId };
    switch (text(form, 'intent')) {
      case 'reject':
        return client.rejectPayout({ ...payout, reason: text(form, 'reason') ?? '' }, keyOf(form));
      case 'return-account':
      case 'return-bank': {
        const fault = text(form, 'intent') === 'return-bank' ? 'bank' : 'account';
        return client.returnPayout({ ...payout, fault, reason: text(form, 'reason') ?? '' }, keyOf(form));
      }
      case 'retry':
        return client.retryPayout(payout, keyOf(form));
      default:
        return client.approvePayout(payout, keyOf(form));
    }
  });
}

/** An operator has seen whose account it is. */
export async function acceptPayoutAccount(
  lang: string,
  payoutAccountId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return work(lang, form, (client) => client.acceptPayoutAccount({ payoutAccountId }, keyOf(form)));
}

/** Takes what waits for a bank file into a batch, and goes there. */
export async function createPayoutBatch(
  lang: string,
  currency: Currency,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await api(lang);
    const { id } = await client.payments.createPayoutBatch({ currency }, keyOf(form));
    redirect(paths.adminPayoutBatch(lang, id));
  });
}

/** The bank has the file of a batch. */
export async function sendPayoutBatch(
  lang: string,
  batchId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return work(lang, form, (client) => client.sendPayoutBatch({ batchId }, keyOf(form)));
}

/** What the bank did: with one payout (the button that was pressed), or as text. */
export async function settlePayoutBatch(
  lang: string,
  batchId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return work(lang, form, (client) => {
    const [payoutId, result] = (text(form, 'intent') ?? '').split(' ');
    const told =
      payoutId === undefined || payoutId === ''
        ? { text: text(form, 'text') ?? '' }
        : { results: [{ payoutId, result: result as BankResult['result'] }] };
    return client.settlePayoutBatch({ batchId, ...told }, keyOf(form));
  });
}

async function work(lang: string, form: FormData, call: (client: Client) => Promise<unknown>): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    await call((await api(lang)).payments);
    revalidatePath('/', 'layout');
    return { notice: t('payoutDesk.done') };
  });
}
