'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { apiWith, publicApi, visitorApi } from '../api.ts';
import { CART_COOKIE, GUEST_COOKIE, SESSION_COOKIE, VISITOR_COOKIE } from '../cookies.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { keepSession } from '../keep-session.ts';
import { translator } from '../messages.ts';
import { paths, safeNext } from '../paths.ts';

type SignedIn = { readonly token: string; readonly expiresTime: string };

/** First the password; for an account with two-step sign-in then, in the same form, the code. */
export async function signIn(lang: string, next: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await publicApi(lang);
    const challenge = text(form, 'challenge');
    if (challenge !== undefined && form.has('code')) {
      return enter(lang, next, await client.identity.verifyTotp({ challenge, code: text(form, 'code') ?? '' }));
    }
    const answer = await client.identity.signIn({
      email: text(form, 'email') ?? '',
      password: String(form.get('password') ?? ''),
    });
    if (answer.state === 'TOTP_REQUIRED') return { result: { challenge: answer.challenge } };
    return enter(lang, next, answer);
  });
}

export async function signUp(lang: string, next: string, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await publicApi(lang);
    const answer = await client.identity.signUp({
      displayName: text(form, 'displayName') ?? '',
      email: text(form, 'email') ?? '',
      password: String(form.get('password') ?? ''),
    });
    return enter(lang, next, answer);
  });
}

/** First sends a code to a phone, then signs in with it. */
export async function signInByPhone(lang: string, next: string, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await publicApi(lang);
    const phone = (text(form, 'phone') ?? '').replace(/[ -]/g, '');
    const code = text(form, 'code');
    if (code !== undefined && form.get('intent') !== 'send')
      return enter(lang, next, await client.identity.verifyPhoneOtp({ phone, code }));
    await client.identity.requestPhoneOtp({ phone });
    return { result: { phone } };
  });
}

/** Keeps the session, and brings the guest's cart and orders along, and what they let us remember. */
async function enter(lang: string, next: string, session: SignedIn): Promise<never> {
  await keepSession(session);
  const store = await cookies();
  const [cartId, guestToken] = [store.get(CART_COOKIE)?.value, store.get(GUEST_COOKIE)?.value];
  if (guestToken !== undefined) {
    const client = await apiWith(lang, session.token);
    // A cart that cannot be merged (ended, or too full) must not keep anyone from signing in.
    if (cartId !== undefined) await client.orders.mergeCart({ cartId }).catch(() => undefined);
    await client.orders.keepGuestOrders({ guestToken }).catch(() => undefined);
  }
  const visitorId = store.get(VISITOR_COOKIE)?.value;
  if (visitorId !== undefined) {
    const client = await apiWith(lang, session.token, visitorId);
    // Suggestions that begin anew must not keep anyone from signing in either.
    await client.discovery.keepMyActivity({}).catch(() => undefined);
  }
  store.delete(CART_COOKIE);
  store.delete(GUEST_COOKIE);
  redirect(safeNext(next, lang));
}

export async function signOut(lang: string): Promise<void> {
  const client = await visitorApi(lang);
  // The session may have ended elsewhere; what counts is that this browser forgets it.
  await client.identity.signOut({}).catch(() => undefined);
  (await cookies()).delete(SESSION_COOKIE);
  redirect(paths.home(lang));
}

export async function requestPasswordReset(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await publicApi(lang);
    await client.identity.requestPasswordReset({ email: text(form, 'email') ?? '' });
    return { notice: t('forgot.sent') };
  });
}

export async function resetPassword(
  lang: string,
  token: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await publicApi(lang);
    await client.identity.resetPassword({ token, newPassword: String(form.get('newPassword') ?? '') }, keyOf(form));
    return { notice: t('reset.done'), result: { isDone: true } };
  });
}

export async function verifyEmail(lang: string, token: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await publicApi(lang);
    await client.identity.verifyEmail({ token }, keyOf(form));
    return { notice: t('verify.done'), result: { isDone: true } };
  });
}
