'use server';

import type { Currency } from '@plaza/kernel';
import type { BankResult } from '@plaza/payments/contract';
import { redirect } from 'next/navigation';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, fileText, keyOf, text, unreadable } from '../form.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';

/** What an operator can do with one payout: the button that was pressed says which. */
export async function decidePayout(
  lang: string,
  payoutId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'payoutDesk.done', ({ payments }) => {
    const payout = { payoutId };
    switch (text(form, 'intent')) {
      case 'reject':
        return payments.rejectPayout({ ...payout, reason: text(form, 'reason') ?? '' }, keyOf(form));
      case 'return-account':
      case 'return-bank': {
        const fault = text(form, 'intent') === 'return-bank' ? 'bank' : 'account';
        return payments.returnPayout({ ...payout, fault, reason: text(form, 'reason') ?? '' }, keyOf(form));
      }
      case 'retry':
        return payments.retryPayout(payout, keyOf(form));
      default:
        return payments.approvePayout(payout, keyOf(form));
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
  return act(lang, form, 'payoutDesk.done', ({ payments }) =>
    payments.acceptPayoutAccount({ payoutAccountId }, keyOf(form)),
  );
}

/** Takes what waits for a bank file into a batch, and goes there. */
export async function createPayoutBatch(
  lang: string,
  currency: Currency,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const { payments } = await visitorApi(lang);
    const { id } = await payments.createPayoutBatch({ currency }, keyOf(form));
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
  return act(lang, form, 'payoutDesk.done', ({ payments }) => payments.sendPayoutBatch({ batchId }, keyOf(form)));
}

/** What the bank did: with one payout (the button that was pressed), or as text. */
export async function settlePayoutBatch(
  lang: string,
  batchId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const file = await fileText(form, 'text');
  const wrong = unreadable(translator(lang), 'text', file);
  if (wrong !== undefined) return wrong;
  return act(lang, form, 'payoutDesk.done', ({ payments }) => {
    const [payoutId, result] = (text(form, 'intent') ?? '').split(' ');
    const told =
      payoutId === undefined || payoutId === ''
        ? { text: file ?? '' }
        : { results: [{ payoutId, result: result as BankResult['result'] }] };
    return payments.settlePayoutBatch({ batchId, ...told }, keyOf(form));
  });
}
