'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';
import { safeNext } from '../paths.ts';
import { cardToken, inOwnLanguage } from '../pay.ts';

/** Saves a card. `next`: the page that waits for it. A provider's own form has sealed the card already. */
export async function saveCard(lang: string, next: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const token = text(form, 'token') ?? (await cardToken(client, form));
    const { actionUrl } = await client.payments.saveMethod({ token, isDefault: true }, keyOf(form));
    revalidatePath('/', 'layout');
    if (actionUrl !== null) redirect(await inOwnLanguage(lang, actionUrl));
    redirect(safeNext(next, lang));
  });
}

/** Saves what the member approved at their bank: the provider named it in the address they came back to. */
export async function finishSaving(lang: string, token: string): Promise<void> {
  const client = await visitorApi(lang);
  await client.payments.saveMethod({ token, isDefault: true });
  revalidatePath('/', 'layout');
}

/** Makes a saved card the default, or removes it. */
export async function changeCard(
  lang: string,
  savedMethodId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    const target = { savedMethodId };
    if (form.get('intent') === 'remove') await client.payments.removeSavedMethod(target, keyOf(form));
    else await client.payments.makeDefaultMethod(target, keyOf(form));
    revalidatePath('/', 'layout');
    return {};
  });
}
