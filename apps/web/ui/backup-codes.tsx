'use client';

import type { FormState } from '../lib/form.ts';
import { CurrentPassword } from './current-password.tsx';
import { ActionForm, SubmitButton } from './form.tsx';

/** Codes that each take the place of an authenticator once. */
export function BackupCodes({ text, codes }: { readonly text: string; readonly codes: readonly unknown[] }) {
  return (
    <div className="space-y-3">
      <p>{text}</p>
      <ul className="grid grid-cols-2 gap-1 rounded-small bg-muted p-3 font-mono">
        {codes.map((code) => (
          <li key={String(code)}>{String(code)}</li>
        ))}
      </ul>
    </div>
  );
}

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly texts: Readonly<Record<'password' | 'renew' | 'hint' | 'backupCodes' | 'pending', string>>;
  readonly idempotencyKey: string;
};

/** New codes for the password; shown once, in the place of what was asked. */
export function RenewBackupCodes({ action, texts, idempotencyKey }: Props) {
  return (
    <ActionForm action={action} className="space-y-4 border-t border-line pt-4" idempotencyKey={idempotencyKey}>
      {(state) => {
        const { backupCodes } = state.result ?? {};
        if (Array.isArray(backupCodes)) return <BackupCodes text={texts.backupCodes} codes={backupCodes} />;
        return (
          <>
            <p className="text-ink-muted">{texts.hint}</p>
            <CurrentPassword label={texts.password} state={state} />
            <SubmitButton className="button button-quiet" pendingLabel={texts.pending}>
              {texts.renew}
            </SubmitButton>
          </>
        );
      }}
    </ActionForm>
  );
}
