import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import {
  changePassword,
  renewBackupCodes,
  revokeSession,
  setUpTotp,
  turnTotpOff,
} from '../../../../lib/actions/account.ts';
import { api } from '../../../../lib/api.ts';
import { deviceName } from '../../../../lib/device-name.ts';
import { formatDateTime } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { RenewBackupCodes } from '../../../../ui/backup-codes.tsx';
import { PlainActionForm } from '../../../../ui/cart-forms.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';
import { TotpSetUp } from '../../../../ui/totp-set-up.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('account.security'), robots: { index: false } };
}

export default async function SecurityPage({ params }: Props) {
  const { lang } = await params;
  const member = await requireMember(lang, paths.security(lang));
  const [client, t] = [await api(lang), translator(lang)];
  const { items: sessions } = await client.identity.listSessions({});
  const password = { name: 'password', label: t('signIn.password'), type: 'password', required: true } as const;
  return (
    <>
      <h1 className="text-3xl font-bold">{t('account.security')}</h1>
      <section className="card max-w-xl space-y-4 p-5" aria-labelledby="password">
        <h2 id="password" className="text-xl font-bold">
          {t('security.password')}
        </h2>
        <SimpleForm
          action={changePassword.bind(null, lang)}
          fields={[
            {
              name: 'currentPassword',
              label: t('security.currentPassword'),
              type: 'password',
              required: true,
              autoComplete: 'current-password',
            },
            {
              name: 'newPassword',
              label: t('reset.password'),
              type: 'password',
              hint: t('signUp.passwordHint'),
              required: true,
              autoComplete: 'new-password',
              minLength: 8,
            },
          ]}
          submit={t('security.change')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
        />
      </section>
      <section className="card max-w-xl space-y-4 p-5" aria-labelledby="totp">
        <h2 id="totp" className="text-xl font-bold">
          {t('security.totp')}
        </h2>
        {member.isTotpEnabled ? (
          <>
            <p className="text-success">{t('security.totpOn')}</p>
            <SimpleForm
              action={turnTotpOff.bind(null, lang)}
              fields={[{ ...password, autoComplete: 'current-password' }]}
              submit={t('security.totpOff')}
              pending={t('form.pending')}
              idempotencyKey={randomUUID()}
              buttonClassName="button button-quiet"
            />
            <RenewBackupCodes
              action={renewBackupCodes.bind(null, lang)}
              texts={{
                password: t('signIn.password'),
                renew: t('security.renewCodes'),
                hint: t('security.renewCodesHint'),
                backupCodes: t('security.backupCodes'),
                pending: t('form.pending'),
              }}
              idempotencyKey={randomUUID()}
            />
          </>
        ) : (
          <>
            <p className="text-ink-muted">{t('security.totpHint')}</p>
            <TotpSetUp
              action={setUpTotp.bind(null, lang)}
              texts={{
                password: t('signIn.password'),
                begin: t('security.totpBegin'),
                secret: t('security.totpSecret'),
                scan: t('security.totpScan'),
                open: t('security.openApp'),
                backupCodes: t('security.backupCodes'),
                code: t('security.totpCode'),
                confirm: t('signIn.confirm'),
                pending: t('form.pending'),
              }}
              idempotencyKey={randomUUID()}
            />
          </>
        )}
      </section>
      <section className="card space-y-3 p-5" aria-labelledby="sessions">
        <h2 id="sessions" className="text-xl font-bold">
          {t('security.sessions')}
        </h2>
        <ul className="divide-y divide-line">
          {sessions.map(({ id, userAgent, createdTime, isCurrent }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <div className="min-w-0">
                <p className="truncate font-medium">
                  {deviceName(userAgent) ?? t('security.unknownDevice')}
                  {isCurrent && <span className="chip ml-2 font-normal">{t('security.thisDevice')}</span>}
                </p>
                <p className="text-sm text-ink-muted">{formatDateTime(createdTime, lang)}</p>
              </div>
              {!isCurrent && (
                <PlainActionForm
                  action={revokeSession.bind(null, lang, id)}
                  idempotencyKey={randomUUID()}
                  label={t('security.revoke')}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
