'use client';

import { useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { type ChosenFile, ChosenFiles, UploadButton, useUploads } from './uploads.tsx';

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
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const uploads = useUploads({
    lang,
    purpose: 'evidence',
    failed: texts.failed,
    onUploaded: ({ assetId, filename }) => setFiles((before) => [...before, { assetId, filename }]),
  });
  return (
    <ActionForm action={action} className="space-y-3" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          <Field label={texts.text} name="text" state={state} required type="textarea" rows={3} maxLength={5_000} />
          {hasFiles && (
            <fieldset className="space-y-2">
              <legend className="sr-only">{texts.files}</legend>
              <ChosenFiles
                files={files}
                remove={texts.remove}
                onRemove={(file) => setFiles((before) => before.filter((each) => each !== file))}
              />
              <UploadButton
                uploads={uploads}
                label={texts.files}
                pendingLabel={texts.uploading}
                accept="image/*,application/pdf,video/mp4"
                multiple
              />
            </fieldset>
          )}
          <SubmitButton className="button button-outline" pendingLabel={texts.pending}>
            {texts.add}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
