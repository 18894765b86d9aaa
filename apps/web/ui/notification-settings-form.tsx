'use client';

import { useId } from 'react';
import type { FormState } from '../lib/form.ts';
import { CheckField } from './check-field.tsx';
import { ActionForm, SubmitButton } from './form.tsx';

type Topic = {
  readonly legend: string;
  readonly hint: string;
  readonly channels: readonly { readonly name: string; readonly label: string; readonly isChecked: boolean }[];
};

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly idempotencyKey: string;
  readonly topics: readonly Topic[];
  /** What is told whatever is chosen. */
  readonly always: string;
  readonly submit: string;
  readonly pending: string;
};

/** What a member is told of, and how. */
export function NotificationSettingsForm({ action, idempotencyKey, topics, always, submit, pending }: Props) {
  const id = useId();
  return (
    <ActionForm action={action} className="space-y-5" idempotencyKey={idempotencyKey} isKept>
      {() => (
        <>
          {topics.map(({ legend, hint, channels }, index) => (
            <fieldset key={legend} aria-describedby={`${id}-${index}`}>
              <legend className="font-semibold">{legend}</legend>
              <p id={`${id}-${index}`} className="text-sm text-ink-muted">
                {hint}
              </p>
              <div className="flex flex-wrap gap-x-6">
                {channels.map((channel) => (
                  <CheckField key={channel.name} {...channel} />
                ))}
              </div>
            </fieldset>
          ))}
          <p className="text-sm text-ink-muted">{always}</p>
          <SubmitButton pendingLabel={pending}>{submit}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
