import { randomUUID } from 'node:crypto';
import { renewBackupCodes, setUpTotp, turnTotpOff } from '../lib/actions/account.ts';
import { translator } from '../lib/messages.ts';
import { RenewBackupCodes } from './backup-codes.tsx';
import { SimpleForm } from './simple-form.tsx';
import { TotpSetUp } from './totp-set-up.tsx';

/** Turns two-step sign-in on, or, where it is on, off, and makes new backup codes. */
export function TwoStepSignIn({ lang, isEnabled }: { lang: string; isEnabled: boolean }) {
  const t = translator(lang);
  return (
    <section className="card max-w-xl space-y-4 p-5" aria-labelledby="totp">
      <h2 id="totp" className="text-xl font-bold">
        {t('security.totp')}
      </h2>
      {isEnabled ? (
        <>
          <p className="text-success">{t('security.totpOn')}</p>
          <SimpleForm
            action={turnTotpOff.bind(null, lang)}
            fields={[
              {
                name: 'password',
                label: t('signIn.password'),
                type: 'password',
                required: true,
                autoComplete: 'current-password',
              },
            ]}
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
  );
}
