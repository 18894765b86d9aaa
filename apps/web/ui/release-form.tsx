'use client';

import { useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { useHeld } from './held.ts';
import { type ChosenFile, ChosenFiles, UploadButton, useUploads } from './uploads.tsx';

type Props = {
  readonly lang: string;
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly texts: Readonly<
    Record<'version' | 'changelog' | 'files' | 'add' | 'remove' | 'save' | 'pending' | 'uploading' | 'failed', string>
  >;
  readonly idempotencyKey: string;
};

/** A new version of a digital listing: files go to the storage as they are chosen. */
export function ReleaseForm({ lang, action, texts, idempotencyKey }: Props) {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const held = useHeld(files, setFiles);
  const uploads = useUploads({
    lang,
    purpose: 'listing-file',
    failed: texts.failed,
    onUploaded: ({ assetId, filename }) => setFiles((before) => [...before, { assetId, filename }]),
  });
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          <Field label={texts.version} name="version" state={state} required maxLength={50} placeholder="1.0.0" />
          <Field label={texts.changelog} name="changelog" state={state} type="textarea" rows={3} maxLength={20_000} />
          <fieldset {...held} className="space-y-2">
            <legend className="text-sm font-medium">{texts.files}</legend>
            <ChosenFiles
              files={files}
              remove={texts.remove}
              onRemove={(file) => setFiles((before) => before.filter((each) => each !== file))}
            />
            <UploadButton uploads={uploads} label={texts.add} pendingLabel={texts.uploading} multiple />
          </fieldset>
          <SubmitButton pendingLabel={texts.pending}>{texts.save}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
