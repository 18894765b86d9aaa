'use client';

import type { FormState } from '../lib/form.ts';
import { CheckField } from './check-field.tsx';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly label: string;
  readonly lines: readonly { readonly id: string; readonly label: string }[];
  readonly conditions: readonly { readonly id: string; readonly label: string }[];
  readonly hasShipping: boolean;
  readonly texts: Readonly<Record<'restock' | 'shipping' | 'pending', string>>;
  readonly idempotencyKey: string;
};

/** What a seller found in a parcel that came back: of each line its condition, and whether it is sold again. */
export function ReceivedForm({ action, label, lines, conditions, hasShipping, texts, idempotencyKey }: Props) {
  return (
    <details className="w-full max-w-md rounded-medium open:border open:border-line open:p-4">
      <summary className="button button-primary w-fit list-none">{label}</summary>
      <ActionForm action={action} className="space-y-4 pt-4" idempotencyKey={idempotencyKey}>
        {(state) => (
          <>
            <input type="hidden" name="inspected" value="true" />
            {lines.map((line) => (
              <fieldset key={line.id} className="space-y-2">
                <legend className="sr-only">{line.label}</legend>
                <Field label={line.label} name={`condition.${line.id}`} state={state}>
                  {conditions.map((condition) => (
                    <option key={condition.id} value={condition.id}>
                      {condition.label}
                    </option>
                  ))}
                </Field>
                <CheckField name={`restock.${line.id}`} label={texts.restock} isChecked />
              </fieldset>
            ))}
            {hasShipping && <CheckField name="includesShipping" label={texts.shipping} />}
            <SubmitButton pendingLabel={texts.pending}>{label}</SubmitButton>
          </>
        )}
      </ActionForm>
    </details>
  );
}
