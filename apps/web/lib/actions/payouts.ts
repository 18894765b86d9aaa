'use server';

import type { Currency } from '@plaza/kernel';
import type { BankAccountInput, PayoutCadence } from '@plaza/payments/contract';
import { revalidatePath } from 'next/cache';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { chosen } from '../form-values.ts';
import { translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';

/** Whose money it is, and in which currency. */
type Owner = { readonly ownerKind: 'store' | 'member'; readonly ownerId: string; readonly currency: Currency };

/** Says where money goes. The number is passed on, and comes back to no form. */
export async function setPayoutAccount(
  lang: string,
  owner: Owner,
  kind: BankAccountInput['kind'],
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const state = await attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const numbers = Object.fromEntries(
      [...form.entries()].flatMap(([name, value]) => (name.startsWith('account.') ? [[name.slice(8), value]] : [])),
    );
    // Each kind has fields of its own, which the API checks.
    const account = { ...numbers, kind } as BankAccountInput;
    await client.payments.setPayoutAccount(
      { ...owner, holderName: text(form, 'holderName') ?? '', account },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    return { notice: t('payoutAccount.saved') };
  });
  // Each kind has its own rule of check digits; what helps is the same.
  const fields = Object.entries(state.fields ?? {}).map(([name, mistaken]) =>
    name.startsWith('account.') ? [name, t('payoutAccount.wrong')] : [name, mistaken],
  );
  return { ...state, fields: Object.fromEntries(fields) };
}

/** Shows that an account is its owner's: by the two amounts, or by the word of who keeps it. */
export async function verifyPayoutAccount(
  lang: string,
  account: { id: string; currency: Currency; asksAmounts: boolean },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const amountsMinor: number[] = [];
  for (const name of account.asksAmounts ? ['first', 'second'] : []) {
    const amount = typedMoneyOf(form, name, account.currency);
    if (amount === undefined) return mistake(t, form, name);
    amountsMinor.push(amount.amountMinor);
  }
  return act(lang, form, 'payoutAccount.verified', (client) =>
    client.payments.verifyPayoutAccount(
      { payoutAccountId: account.id, ...(account.asksAmounts ? { amountsMinor } : {}) },
      keyOf(form),
    ),
  );
}

/** Says how often money is sent by itself. */
export async function setPayoutSchedule(
  lang: string,
  owner: Owner,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const threshold = typedMoneyOf(form, 'thresholdMinor', owner.currency);
  if (threshold === undefined && text(form, 'thresholdMinor') !== undefined) return mistake(t, form, 'thresholdMinor');
  return act(lang, form, 'payoutPlan.saved', async (client) => {
    const cadence = chosen<PayoutCadence>(form, 'cadence', 'manual');
    await client.payments.setPayoutSchedule(
      {
        ...owner,
        cadence,
        ...(cadence === 'weekly' ? { weekday: Number(text(form, 'weekday') ?? '1') } : {}),
        thresholdMinor: threshold?.amountMinor ?? 0,
      },
      keyOf(form),
    );
  });
}

/** Sends available money to the store's account. */
export async function requestPayout(
  lang: string,
  store: { id: string; currency: Currency },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const amount = typedMoneyOf(form, 'amount.amount', store.currency);
    if (amount === undefined) return mistake(t, form, 'amount.amount');
    const client = await visitorApi(lang);
    const payout = await client.payments.requestPayout({ storeId: store.id, amount }, keyOf(form));
    revalidatePath('/', 'layout');
    return {
      notice: t(payout.state === 'awaiting_approval' ? 'payoutPlan.checkedNotice' : 'payoutPlan.requestedNotice'),
    };
  });
}

/** Takes a payout back that has not left. */
export async function cancelPayout(
  lang: string,
  payoutId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'payout.canceledNotice', (client) => client.payments.cancelPayout({ payoutId }, keyOf(form)));
}
