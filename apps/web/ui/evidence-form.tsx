'use client';

import type { FormState } from '../lib/form.ts';
import { EvidenceFiles } from './evidence-files.tsx';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Props = {
  readonly lang: string;
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  /** Guests have no uploads of their own: they write. */
  readonly hasFiles: boolean;
  readonly texts: Readonly<Record<'text' | 'files' | 'remove' | 'add' | 'pending' | 'uploading' | 'failed', string>>;
  readonly idempotencyKey: string;
};

/** What one side of a dispute wants to show. */
export function EvidenceForm({ lang, action, hasFiles, texts, idempotencyKey }: Props) {
  return (
    <ActionForm action={action} className="space-y-3" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          <Field label={texts.text} name="text" state={state} required type="textarea" rows={3} maxLength={5_000} />
          {hasFiles && <EvidenceFiles lang={lang} label={texts.files} texts={texts} />}
          <SubmitButton className="button button-outline" pendingLabel={texts.pending}>
            {texts.add}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
