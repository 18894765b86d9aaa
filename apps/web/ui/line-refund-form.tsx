'use client';

import type { FormState } from '../lib/form.ts';
import { CheckField } from './check-field.tsx';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly lines: readonly { readonly id: string; readonly label: string; readonly isGoods: boolean }[];
  readonly hasShipping: boolean;
  readonly texts: Readonly<Record<'restock' | 'shipping' | 'reason' | 'submit' | 'pending', string>>;
  readonly idempotencyKey: string;
};

/** Units of lines that a seller gives back, and whether they are sold again. */
export function LineRefundForm({ action, lines, hasShipping, texts, idempotencyKey }: Props) {
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          {lines.map(({ id, label, isGoods }) => (
            <div key={id} className="space-y-1">
              <Field
                label={label}
                name={`quantity.${id}`}
                state={state}
                type="number"
                inputMode="numeric"
                min={0}
                defaultValue={0}
              />
              {isGoods && <CheckField name={`restock.${id}`} label={texts.restock} />}
            </div>
          ))}
          {hasShipping && <CheckField name="includesShipping" label={texts.shipping} />}
          <Field label={texts.reason} name="reason" state={state} required maxLength={500} />
          <SubmitButton className="button button-danger" pendingLabel={texts.pending}>
            {texts.submit}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
