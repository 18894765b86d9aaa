'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, SubmitButton } from './form.tsx';
import { type FieldSpec, Fields } from './simple-form.tsx';

/** One way a price divides, ready to show. */
export type EarningsShown = {
  readonly title: string | null;
  readonly lines: readonly { readonly label: string; readonly amount: string }[];
  readonly total: { readonly label: string; readonly amount: string };
};

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly fields: readonly FieldSpec[];
  readonly submit: string;
  readonly pending: string;
};

/** A price in, what it leaves the seller out; with an operator's other terms, both side by side. */
export function EarningsForm({ action, fields, submit, pending }: Props) {
  return (
    <ActionForm action={action} className="space-y-4">
      {(state) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Fields fields={fields} state={state} />
          </div>
          <SubmitButton className="button button-outline" pendingLabel={pending}>
            {submit}
          </SubmitButton>
          <div aria-live="polite" className="grid gap-4 sm:grid-cols-2">
            {((state.result?.earnings ?? []) as readonly EarningsShown[]).map((shown) => (
              <section key={shown.title} className="space-y-1">
                {shown.title !== null && <h3 className="font-semibold">{shown.title}</h3>}
                <dl className="space-y-1">
                  {shown.lines.map(({ label, amount }) => (
                    <div key={label} className="flex justify-between gap-4 text-ink-muted">
                      <dt>{label}</dt>
                      <dd>{amount}</dd>
                    </div>
                  ))}
                  <div className="flex justify-between gap-4 border-t border-line pt-1 font-bold">
                    <dt>{shown.total.label}</dt>
                    <dd>{shown.total.amount}</dd>
                  </div>
                </dl>
              </section>
            ))}
          </div>
        </>
      )}
    </ActionForm>
  );
}
