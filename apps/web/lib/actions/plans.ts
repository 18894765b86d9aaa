'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf } from '../form.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';
import { inOwnLanguage } from '../pay.ts';

type Choice = {
  readonly storeId: string;
  readonly subscriptionId: string | null;
  readonly planId: string;
  readonly interval: 'month' | 'year';
  /** What was shown as due. */
  readonly totalMinor: number;
};

/** Subscribes, or changes what is subscribed to; where the bank asks first, leads there. */
export async function choosePlan(lang: string, choice: Choice, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    const { storeId, subscriptionId, planId, interval, totalMinor: expectedTotalMinor } = choice;
    const target = { planId, interval, expectedTotalMinor };
    const { invoice } =
      subscriptionId === null
        ? await client.subscriptions.createSubscription({ ownerId: storeId, ...target }, keyOf(form))
        : await client.subscriptions.changeSubscription({ subscriptionId, ...target }, keyOf(form));
    revalidatePath('/', 'layout');
    const actionUrl = invoice?.actionUrl ?? null;
    redirect(actionUrl === null ? paths.studioPlan(lang) : await inOwnLanguage(lang, actionUrl));
  });
}

/** Cancels at the end of the period, or takes that back. */
export async function movePlan(
  lang: string,
  { subscriptionId, to }: { subscriptionId: string; to: 'canceled' | 'resumed' },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'plan.done', async (client) => {
    const target = { subscriptionId };
    if (to === 'canceled') await client.subscriptions.cancelSubscription(target, keyOf(form));
    else await client.subscriptions.resumeSubscription(target, keyOf(form));
  });
}

/** Charges an open invoice again; where the bank asks first, leads there. */
export async function payPlanInvoice(
  lang: string,
  invoiceId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const target = { invoiceId };
    const { state, actionUrl } = await client.subscriptions.paySubscriptionInvoice(target, keyOf(form));
    revalidatePath('/', 'layout');
    if (actionUrl !== null) redirect(await inOwnLanguage(lang, actionUrl));
    return state === 'paid'
      ? { notice: t('plan.done') }
      : { error: t('error.SUBSCRIPTION_DECLINED'), code: `declined-${Date.now()}` };
  });
}
