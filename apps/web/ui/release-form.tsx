'use client';

import { useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { UploadButton, useUploads } from './uploads.tsx';

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
  const [files, setFiles] = useState<readonly { assetId: string; filename: string }[]>([]);
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
          <fieldset className="space-y-2">
            <legend className="text-sm font-medium">{texts.files}</legend>
            <ul className="space-y-1">
              {files.map((file, index) => (
                <li key={file.assetId} className="flex items-center justify-between gap-2">
                  <input type="hidden" name={`files.${index}.assetId`} value={file.assetId} />
                  <input type="hidden" name={`files.${index}.filename`} value={file.filename} />
                  <span className="truncate">{file.filename}</span>
                  <button
                    type="button"
                    className="link min-h-9"
                    aria-label={`${texts.remove}: ${file.filename}`}
                    onClick={() => setFiles((before) => before.filter((each) => each !== file))}
                  >
                    {texts.remove}
                  </button>
                </li>
              ))}
            </ul>
            <UploadButton uploads={uploads} label={texts.add} pendingLabel={texts.uploading} multiple />
          </fieldset>
          <SubmitButton pendingLabel={texts.pending}>{texts.save}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
