'use client';

import type { FormState } from '../lib/form.ts';
import { CurrentPassword } from './current-password.tsx';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Action = (state: FormState, form: FormData) => Promise<FormState>;
type Props = {
  readonly action: Action;
  readonly texts: Readonly<Record<'email' | 'password' | 'submit' | 'code' | 'confirm' | 'pending', string>>;
  readonly idempotencyKey: string;
};

/** E-mail and password; for an account with two-step sign-in then the code, in the same form. */
export function SignInForm({ action, texts, idempotencyKey }: Props) {
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {(state) =>
        typeof state.result?.challenge === 'string' ? (
          <>
            <input type="hidden" name="challenge" value={state.result.challenge} />
            <Field label={texts.code} name="code" state={state} required autoComplete="one-time-code" maxLength={32} />
            <SubmitButton className="button button-primary w-full" pendingLabel={texts.pending}>
              {texts.confirm}
            </SubmitButton>
          </>
        ) : (
          <>
            <Field
              label={texts.email}
              name="email"
              type="email"
              state={state}
              required
              autoComplete="username"
              inputMode="email"
            />
            <CurrentPassword label={texts.password} state={state} />
            <SubmitButton className="button button-primary w-full" pendingLabel={texts.pending}>
              {texts.submit}
            </SubmitButton>
          </>
        )
      }
    </ActionForm>
  );
}

type PhoneProps = {
  readonly action: Action;
  readonly texts: Readonly<Record<'phone' | 'send' | 'again' | 'code' | 'confirm' | 'pending', string>>;
  readonly idempotencyKey: string;
};

/** A phone number, then the code that was sent to it. A code that was wrong is asked for again, or sent anew. */
export function PhoneSignInForm({ action, texts, idempotencyKey }: PhoneProps) {
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {(state) => {
        const sentTo = typeof state.result?.phone === 'string' ? state.result.phone : state.values?.sentTo;
        return (
          <>
            <Field
              label={texts.phone}
              name="phone"
              type="tel"
              state={state}
              required
              autoComplete="tel"
              placeholder="+66 81 234 5678"
              defaultValue={sentTo}
            />
            {sentTo !== undefined && (
              <>
                <input type="hidden" name="sentTo" value={sentTo} />
                <Field label={texts.code} name="code" state={state} autoComplete="one-time-code" maxLength={12} />
                <SubmitButton className="button button-primary w-full" pendingLabel={texts.pending}>
                  {texts.confirm}
                </SubmitButton>
              </>
            )}
            <SubmitButton
              className="button button-quiet w-full"
              name="intent"
              value="send"
              pendingLabel={texts.pending}
            >
              {sentTo === undefined ? texts.send : texts.again}
            </SubmitButton>
          </>
        );
      }}
    </ActionForm>
  );
}

/** Signs in as one of a demo's accounts. */
export function DemoAccountButton({
  action,
  email,
  password,
  label,
  idempotencyKey,
}: {
  action: Action;
  email: string;
  password: string;
  label: string;
  idempotencyKey: string;
}) {
  return (
    <ActionForm action={action} idempotencyKey={idempotencyKey}>
      {() => (
        <>
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="password" value={password} />
          <SubmitButton className="button button-outline w-full">{label}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
