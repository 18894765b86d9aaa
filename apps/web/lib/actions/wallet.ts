'use server';

import type { Currency, Money } from '@plaza/kernel';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';
import { paths } from '../paths.ts';
import { chosenPayment, inOwnLanguage } from '../pay.ts';

/** Puts an amount into the member's wallet, by the way to pay that they chose. */
export async function topUp(lang: string, amount: Money, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const payment = await chosenPayment(lang, client, form);
    const { state, actionUrl } = await client.payments.topUpWallet(
      { amount, payment: payment ?? { methodId: '' } },
      keyOf(form),
    );
    if (state === 'declined' || state === 'canceled')
      return { error: t('wallet.topUpDeclined'), code: `declined-${Date.now()}` };
    revalidatePath('/', 'layout');
    if (state === 'requires_action' && actionUrl !== null) redirect(await inOwnLanguage(lang, actionUrl));
    redirect(paths.wallet(lang, { topUp: state === 'captured' ? 'done' : 'pending' }));
  });
}

/** Sends money from the member's wallet to their bank account. */
export async function withdraw(
  lang: string,
  currency: Currency,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const amount = typedMoneyOf(form, 'amount.amount', currency);
    if (amount === undefined) return mistake(t, form, 'amount.amount');
    const client = await visitorApi(lang);
    const { state } = await client.payments.withdrawFromWallet({ amount }, keyOf(form));
    revalidatePath('/', 'layout');
    return { notice: t(state === 'awaiting_approval' ? 'payoutPlan.checkedNotice' : 'payoutPlan.requestedNotice') };
  });
}

/** Puts a member's wallet on hold, or lifts that. */
export async function holdWallet(
  lang: string,
  memberId: string,
  isFrozen: boolean,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'order.done', async (client) => {
    const change = { memberId, reason: text(form, 'reason') ?? '' };
    if (isFrozen) await client.payments.unfreezeWallet(change, keyOf(form));
    else await client.payments.freezeWallet(change, keyOf(form));
  });
}
