'use client';

import type { ReactNode } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';

/** A field as data, so that a page on the server can describe its form. */
export type FieldSpec = {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly autoComplete?: string;
  readonly inputMode?: 'numeric' | 'decimal' | 'email' | 'tel' | 'text';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly rows?: number;
  readonly accept?: string;
  readonly defaultValue?: string | undefined;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
};

/** Fields as they were described. */
export function Fields({ fields, state }: { fields: readonly FieldSpec[]; state: FormState }) {
  return fields.map(({ options, ...field }) => (
    <Field key={field.name} state={state} {...field}>
      {options?.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Field>
  ));
}

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly fields: readonly FieldSpec[];
  readonly submit: string;
  readonly pending: string;
  readonly idempotencyKey: string;
  readonly className?: string;
  readonly buttonClassName?: string;
  /** Shown instead of the fields once the form is done (`result.isDone`). */
  readonly whenDone?: ReactNode;
};

/** A form of a few fields and one button. */
export function SimpleForm(props: Props) {
  const { action, fields, submit, pending, idempotencyKey, whenDone } = props;
  return (
    <ActionForm action={action} className={props.className ?? 'space-y-4'} idempotencyKey={idempotencyKey}>
      {(state) =>
        state.result?.isDone === true && whenDone !== undefined ? (
          whenDone
        ) : (
          <>
            <Fields fields={fields} state={state} />
            <SubmitButton className={props.buttonClassName ?? 'button button-primary'} pendingLabel={pending}>
              {submit}
            </SubmitButton>
          </>
        )
      }
    </ActionForm>
  );
}
