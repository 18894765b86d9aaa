'use server';

import { randomUUID } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { signedIn, visitorApi } from '../api.ts';
import { CONSENT_COOKIE, COOKIE, PRIVATE_COOKIE, VISITOR_COOKIE } from '../cookies.ts';
import { currentPath } from '../current-path.ts';
import { attempt, type FormState, keyOf } from '../form.ts';
import { translator } from '../messages.ts';

/** As long as the choice and the visitor's id last before they are asked again. */
const CHOICE_SECONDS = 60 * 60 * 24 * 180;

/** Remembers what the visitor chose: here, and, for a member, on all their devices. */
export async function chooseActivity(lang: string, form: FormData): Promise<void> {
  const isAllowed = form.get('choice') === 'allowed';
  const store = await cookies();
  store.set(CONSENT_COOKIE, isAllowed ? 'allowed' : 'refused', { ...COOKIE, maxAge: CHOICE_SECONDS });
  if (!isAllowed) store.delete(VISITOR_COOKIE);
  else if (!store.has(VISITOR_COOKIE))
    store.set(VISITOR_COOKIE, randomUUID(), { ...PRIVATE_COOKIE, maxAge: CHOICE_SECONDS });
  const member = await signedIn();
  if (member !== undefined) {
    const client = await visitorApi(lang, member);
    // The choice holds in this browser even while the service that keeps it for all devices is away.
    await client.discovery.setActivityConsent({ isAllowed }).catch(() => undefined);
  }
  redirect(await currentPath());
}

/** Forgets everything this visitor did. */
export async function eraseActivity(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const { erased } = await (await visitorApi(lang)).discovery.eraseMyActivity({}, keyOf(form));
    revalidatePath('/', 'layout');
    return { notice: t('privacy.erased', { count: erased }) };
  });
}

/** Never suggests this to the visitor again. */
export async function dismissListing(
  lang: string,
  listingId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    await (await visitorApi(lang)).discovery.dismissListing({ listingId }, keyOf(form));
    revalidatePath('/', 'layout');
    return {};
  });
}
