'use client';

import type { FormState } from '../lib/form.ts';
import { BackupCodes } from './backup-codes.tsx';
import { CurrentPassword } from './current-password.tsx';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { QrCode } from './qr-code.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly texts: Readonly<
    Record<'password' | 'begin' | 'secret' | 'scan' | 'open' | 'backupCodes' | 'code' | 'confirm' | 'pending', string>
  >;
  readonly idempotencyKey: string;
};

/**
 * Two-step sign-in in two steps: the password shows the secret and the backup codes; a first code turns it on. The form of the
 * second step is there from the start, hidden by style until there is a secret: so it works without script, too.
 */
export function TotpSetUp({ action, texts, idempotencyKey }: Props) {
  return (
    <div className="space-y-4 not-has-[[data-secret]]:[&>form:last-child]:hidden">
      <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
        {(state) => {
          const { uri, backupCodes } = state.result ?? {};
          if (typeof uri !== 'string' || !Array.isArray(backupCodes)) {
            return state.notice !== undefined ? null : (
              <>
                <CurrentPassword label={texts.password} state={state} />
                <SubmitButton className="button button-quiet" pendingLabel={texts.pending}>
                  {texts.begin}
                </SubmitButton>
              </>
            );
          }
          return (
            <div className="space-y-3" data-secret>
              <p>{texts.secret}</p>
              <QrCode text={uri} label={texts.scan} />
              <p className="select-all break-all rounded-small bg-muted p-3 font-mono">
                {URL.parse(uri)?.searchParams.get('secret')}
              </p>
              <p>
                <a className="link" href={uri}>
                  {texts.open}
                </a>
              </p>
              <BackupCodes text={texts.backupCodes} codes={backupCodes} />
            </div>
          );
        }}
      </ActionForm>
      <TotpConfirmation action={action} texts={texts} idempotencyKey={`${idempotencyKey}-confirm`} />
    </div>
  );
}

/** Its own form, so that a wrong code does not take the secret and the backup codes from the screen. */
function TotpConfirmation({ action, texts, idempotencyKey }: Props) {
  return (
    <ActionForm action={action} className="space-y-4 border-t border-line pt-4" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          <Field
            label={texts.code}
            name="code"
            state={state}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="\d{6}"
          />
          <SubmitButton pendingLabel={texts.pending}>{texts.confirm}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
