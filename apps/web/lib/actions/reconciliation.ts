'use server';

import { revalidatePath } from 'next/cache';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';

/** Holds a day against the provider's report: the one that was uploaded, or the provider's own. */
export async function reconcileDay(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const file = form.get('report');
    const report = file instanceof File && file.size > 0 ? { report: await file.text() } : {};
    const client = await visitorApi(lang);
    const input = { provider: text(form, 'provider') ?? '', day: text(form, 'day') ?? '', ...report };
    const { state, matched, openDifferences } = await client.payments.reconcileDay(input, keyOf(form));
    revalidatePath('/', 'layout');
    if (state === 'failed') return { error: t('reconcile.failed'), code: 'failed' };
    return { notice: t('reconcile.done', { matched, differences: openDifferences }) };
  });
}

/** Ends a difference, by a correction or an explanation. */
export async function resolveDifference(
  lang: string,
  differenceId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'reconcile.corrected', async (client) => {
    const resolution = form.get('resolution') === 'explain' ? 'explain' : 'correct';
    await client.payments.resolveDifference({ differenceId, resolution, note: text(form, 'note') ?? '' }, keyOf(form));
  });
}

/** Holds every order against its payment, now. */
export async function sweepPayments(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  return act(lang, form, 'reconcile.checked', (client) => client.orders.sweepPayments({ scope: 'all' }, keyOf(form)));
}
