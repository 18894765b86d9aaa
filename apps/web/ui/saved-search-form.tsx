'use client';

import type { FormState } from '../lib/form.ts';
import { CheckField } from './check-field.tsx';
import { ActionForm, SubmitButton } from './form.tsx';
import { type FieldSpec, Fields } from './simple-form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly idempotencyKey: string;
  readonly name: FieldSpec;
  readonly delivery: FieldSpec;
  readonly alerts: {
    readonly legend: string;
    readonly kinds: readonly { readonly name: string; readonly label: string; readonly isChecked: boolean }[];
  };
  readonly submit: string;
  readonly pending: string;
};

/** What a saved search is called, what its member is told of it, and how. */
export function SavedSearchForm({ action, idempotencyKey, name, delivery, alerts, submit, pending }: Props) {
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          <Fields fields={[name]} state={state} />
          <fieldset>
            <legend className="font-semibold">{alerts.legend}</legend>
            {alerts.kinds.map((kind) => (
              <CheckField key={kind.name} {...kind} />
            ))}
          </fieldset>
          <Fields fields={[delivery]} state={state} />
          <SubmitButton className="button button-primary" pendingLabel={pending}>
            {submit}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
