'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { COOKIE, LANGUAGE_COOKIE, SCHEME_COOKIE } from '../cookies.ts';
import { currentPath } from '../current-path.ts';

/** Remembers the language and shows the same page in it. */
export async function setLanguage(form: FormData): Promise<void> {
  const lang = String(form.get('lang'));
  if (!/^[a-z]{2}$/.test(lang)) return;
  (await cookies()).set(LANGUAGE_COOKIE, lang, COOKIE);
  redirect(`/${lang}${(await currentPath()).replace(/^\/[a-z]{2}(?=\/|\?|$)/, '')}`);
}

/** Turns light to dark and back; from then on the visitor's choice counts, not the device's. */
export async function setScheme(form: FormData): Promise<void> {
  (await cookies()).set(SCHEME_COOKIE, form.get('shown') === 'dark' ? 'light' : 'dark', COOKIE);
  redirect(await currentPath());
}
