'use server';

import type { NotificationSettings } from '@plaza/notifications/contract';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { act } from '../act.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, versionOf } from '../form.ts';
import { translator } from '../messages.ts';

/** Leads to what a notification is about; it is read from then on. The header counts the others anew. */
export async function openNotification(
  lang: string,
  { id, path }: { readonly id: string; readonly path: string },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    await (await visitorApi(lang)).notifications.markNotificationRead({ notificationId: id }, keyOf(form));
    revalidatePath('/', 'layout');
    redirect(`/${lang}${path}`);
  });
}

export async function readAllNotifications(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    await (await visitorApi(lang)).notifications.markAllNotificationsRead({}, keyOf(form));
    revalidatePath('/', 'layout');
    return {};
  });
}

type Offered = Pick<NotificationSettings['topics'][number], 'topic' | 'offered'>;

/** Of each topic that was shown the channels that are checked. */
export async function saveNotificationSettings(
  lang: string,
  { topics, version }: { readonly topics: readonly Offered[]; readonly version: number },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const chosen = topics.map(({ topic, offered }) => ({
    topic,
    chosen: offered.filter((channel) => form.has(`${topic}.${channel}`)),
  }));
  return act(lang, form, 'notices.saved', (client) =>
    client.notifications.updateNotificationSettings({ topics: chosen, ...versionOf(form, version) }, keyOf(form)),
  );
}
