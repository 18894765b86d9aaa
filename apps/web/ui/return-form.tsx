'use client';

import type { FormState } from '../lib/form.ts';
import { EvidenceFiles } from './evidence-files.tsx';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Props = {
  readonly lang: string;
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  /** Lines with what is left of them. */
  readonly lines: readonly { readonly id: string; readonly label: string; readonly left: number }[];
  /** Guests have no uploads of their own: they write. */
  readonly hasFiles: boolean;
  readonly texts: Readonly<
    Record<'reason' | 'photos' | 'remove' | 'submit' | 'pending' | 'uploading' | 'failed', string>
  >;
  readonly idempotencyKey: string;
};

/** What a buyer wants to send back: how many of each line, why, and photos. */
export function ReturnForm({ lang, action, lines, hasFiles, texts, idempotencyKey }: Props) {
  return (
    <ActionForm action={action} className="space-y-3" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          {lines.map(({ id, label, left }) => (
            <Field
              key={id}
              label={label}
              name={`quantity.${id}`}
              state={state}
              type="number"
              inputMode="numeric"
              min={0}
              max={left}
              defaultValue={lines.length === 1 ? left : 0}
            />
          ))}
          <Field label={texts.reason} name="reason" state={state} required type="textarea" rows={3} maxLength={500} />
          {hasFiles && <EvidenceFiles lang={lang} label={texts.photos} texts={texts} />}
          <SubmitButton pendingLabel={texts.pending}>{texts.submit}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
