'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { type FieldSpec, Fields } from './simple-form.tsx';

type Ask = 'carrier' | 'trackingNumber' | 'reason' | 'refundMinor' | 'proof';
type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly label: string;
  readonly asks: readonly Ask[];
  readonly isDestructive: boolean;
  /** Where money that it gives back goes, when that can be chosen. */
  readonly refundTo: FieldSpec | undefined;
  readonly carriers: readonly { readonly id: string; readonly name: string }[];
  readonly texts: Readonly<Record<Exclude<Ask, 'proof'> | 'pending', string> & { proof?: string }>;
  readonly idempotencyKey: string;
};

/** One action that the order offers. What it asks for, or cannot be undone, is opened first. */
export function OrderActionForm(props: Props) {
  const { action, label, asks, isDestructive, refundTo, carriers, texts, idempotencyKey } = props;
  const look = isDestructive ? 'button button-danger' : 'button button-primary';
  const form = (
    <ActionForm action={action} className="space-y-3" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          {asks.map((ask) =>
            ask === 'carrier' && carriers.length > 0 ? (
              <Field key={ask} label={texts.carrier} name="carrier" state={state} required>
                {carriers.map(({ id, name }) => (
                  <option key={id} value={name}>
                    {name}
                  </option>
                ))}
              </Field>
            ) : (
              <Field
                key={ask}
                inputMode={ask === 'refundMinor' ? 'decimal' : 'text'}
                label={texts[ask] ?? ''}
                name={ask === 'refundMinor' ? 'refund' : ask}
                state={state}
                required
                type={ask === 'reason' ? 'textarea' : 'text'}
                rows={2}
                maxLength={ask === 'reason' || ask === 'proof' ? 500 : 80}
              />
            ),
          )}
          {refundTo !== undefined && <Fields fields={[refundTo]} state={state} />}
          <SubmitButton className={look} pendingLabel={texts.pending}>
            {label}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
  if (asks.length === 0 && !isDestructive) return form;
  return (
    <details className="w-full max-w-md rounded-medium open:border open:border-line open:p-4">
      <summary className="button button-outline w-fit list-none">{label}</summary>
      <div className="pt-4">{form}</div>
    </details>
  );
}
