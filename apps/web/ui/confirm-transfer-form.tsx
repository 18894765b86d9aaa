'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly idempotencyKey: string;
  readonly labels: { readonly reference: string; readonly received: string; readonly confirm: string };
};

/** What stands in the bank's statement is entered, not ticked: a wrong line is found before money is booked. */
export function ConfirmTransferForm({ action, idempotencyKey, labels }: Props) {
  return (
    <ActionForm action={action} idempotencyKey={idempotencyKey} label={labels.confirm}>
      {(state) => (
        <div className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
          <Field label={labels.reference} name="reference" state={state} required maxLength={20} />
          <Field label={labels.received} name="received" state={state} required inputMode="decimal" />
          <SubmitButton className="button button-primary">{labels.confirm}</SubmitButton>
        </div>
      )}
    </ActionForm>
  );
}
