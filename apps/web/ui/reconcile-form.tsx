'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly idempotencyKey: string;
  readonly providers: readonly string[];
  readonly day: string;
  readonly texts: Readonly<Record<'provider' | 'day' | 'report' | 'reportHint' | 'submit' | 'pending', string>>;
};

/** A provider, a day, and its report where the provider does not give one by itself. */
export function ReconcileForm({ action, idempotencyKey, providers, day, texts }: Props) {
  return (
    <ActionForm action={action} idempotencyKey={idempotencyKey} className="card space-y-4 p-5">
      {(state) => (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={texts.provider} name="provider" state={state}>
            {providers.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Field>
          <Field label={texts.day} name="day" type="date" required defaultValue={day} state={state} />
          <div className="sm:col-span-2">
            <Field
              label={texts.report}
              name="report"
              type="file"
              accept=".csv,text/csv"
              hint={texts.reportHint}
              state={state}
            />
          </div>
          <SubmitButton className="button button-primary justify-self-start" pendingLabel={texts.pending}>
            {texts.submit}
          </SubmitButton>
        </div>
      )}
    </ActionForm>
  );
}
