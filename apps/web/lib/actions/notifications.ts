'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { api } from '../api.ts';
import { attempt, type FormState, keyOf } from '../form.ts';
import { translator } from '../messages.ts';

/** Leads to what a notification is about; it is read from then on. The header counts the others anew. */
export async function openNotification(
  lang: string,
  { id, path }: { readonly id: string; readonly path: string },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    await (await api(lang)).notifications.markNotificationRead({ notificationId: id }, keyOf(form));
    revalidatePath('/', 'layout');
    redirect(`/${lang}${path}`);
  });
}

export async function readAllNotifications(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    await (await api(lang)).notifications.markAllNotificationsRead({}, keyOf(form));
    revalidatePath('/', 'layout');
    return {};
  });
}
