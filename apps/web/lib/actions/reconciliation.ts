'use server';

import { revalidatePath } from 'next/cache';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, fileText, keyOf, text, unreadable } from '../form.ts';
import { translator } from '../messages.ts';

/** Holds a day against the provider's report: the one that was uploaded, or the provider's own. */
export async function reconcileDay(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const [provider, day] = [text(form, 'provider') ?? '', text(form, 'day') ?? ''];
    const report = await fileText(form, 'report');
    const wrong = unreadable(t, 'report', report);
    if (wrong !== undefined) return { ...wrong, values: { provider, day } };
    const client = await visitorApi(lang);
    const input = { provider, day, report };
    const { state, matched, openDifferences } = await client.payments.reconcileDay(input, keyOf(form));
    revalidatePath('/', 'layout');
    if (state === 'failed') return { error: t('reconcile.failed'), code: 'failed' };
    return { notice: t('reconcile.done', { provider, day, matched, differences: openDifferences }) };
  });
}

/** Ends a difference, by a correction or an explanation. */
export async function resolveDifference(
  lang: string,
  differenceId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const resolution = form.get('resolution') === 'explain' ? 'explain' : 'correct';
  return act(lang, form, `reconcile.${resolution}ed`, async (client) => {
    await client.payments.resolveDifference({ differenceId, resolution, note: text(form, 'note') ?? '' }, keyOf(form));
  });
}

/** Holds every order against its payment, now. */
export async function sweepPayments(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  return act(lang, form, 'reconcile.checked', (client) => client.orders.sweepPayments({ scope: 'all' }, keyOf(form)));
}
