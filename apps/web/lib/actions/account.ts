'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { act } from '../act.ts';
import { addressOf } from '../address.ts';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text, versionOf } from '../form.ts';
import { chosen } from '../form-values.ts';
import { keepSession } from '../keep-session.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';

export async function saveProfile(
  lang: string,
  version: number,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'account.saved', (client) =>
    client.identity.updateMe(
      {
        displayName: text(form, 'displayName') ?? '',
        locale: chosen(form, 'locale'),
        ...versionOf(form, version),
      },
      keyOf(form),
    ),
  );
}

export async function resendVerification(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    await client.identity.requestEmailVerification({});
    return { notice: t('account.resent') };
  });
}

/** Adds an address, or changes the one named. */
export async function saveAddress(
  lang: string,
  existing: { addressId: string; version: number } | null,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    const address = addressOf(form, '');
    if (existing === null) await client.identity.createAddress(address, keyOf(form));
    else {
      const { addressId, version } = existing;
      await client.identity.updateAddress({ ...address, addressId, ...versionOf(form, version) }, keyOf(form));
    }
    revalidatePath(paths.addresses(lang));
    redirect(paths.addresses(lang));
  });
}

export async function changeAddress(
  lang: string,
  addressId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    const address = { addressId };
    if (form.get('intent') === 'delete') await client.identity.deleteAddress(address);
    else await client.identity.updateAddress({ ...address, isDefault: true });
    revalidatePath(paths.addresses(lang));
    return {};
  });
}

export async function changePassword(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const session = await client.identity.changePassword({
      currentPassword: String(form.get('currentPassword') ?? ''),
      newPassword: String(form.get('newPassword') ?? ''),
    });
    await keepSession(session);
    revalidatePath(paths.security(lang));
    return { notice: t('security.changed') };
  });
}

/** Shows who sits there, by code or password, for a form that waits for it. */
export async function confirmSession(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const code = text(form, 'code');
    await client.identity.confirmSession(
      code === undefined ? { password: String(form.get('password') ?? '') } : { code },
    );
    return { notice: t('confirm.done'), result: { isDone: true } };
  });
}

/** First the password, which answers the secret and the backup codes; then a first code, which turns it on. */
export async function setUpTotp(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const code = text(form, 'code');
    if (code !== undefined) {
      await keepSession(await client.identity.confirmTotp({ code }));
      revalidatePath(paths.security(lang));
      return { notice: t('security.totpDone') };
    }
    const { uri, backupCodes } = await client.identity.enableTotp({ password: String(form.get('password') ?? '') });
    return { result: { uri, backupCodes } };
  });
}

export async function renewBackupCodes(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    return { result: await client.identity.renewBackupCodes({ password: String(form.get('password') ?? '') }) };
  });
}

export async function turnTotpOff(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    await keepSession(await client.identity.disableTotp({ password: String(form.get('password') ?? '') }));
    revalidatePath(paths.security(lang));
    return { notice: t('security.totpOffDone') };
  });
}

export async function revokeSession(
  lang: string,
  sessionId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    await client.identity.revokeSession({ sessionId });
    revalidatePath(paths.security(lang));
    return {};
  });
}
