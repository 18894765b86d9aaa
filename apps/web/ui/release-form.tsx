'use client';

import { useId, useState } from 'react';
import { finishUpload } from '../lib/actions/uploads.ts';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { sendFile } from './upload.ts';

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
  const id = useId();
  const [files, setFiles] = useState<readonly { assetId: string; filename: string }[]>([]);
  const [pending, setPending] = useState(0);
  const [problem, setProblem] = useState('');
  const add = async (chosen: readonly File[]) => {
    setProblem('');
    setPending(chosen.length);
    for (const file of chosen) {
      const sent = await sendFile(lang, 'listing-file', file, texts.failed);
      const done = 'error' in sent ? sent : await finishUpload(lang, sent.uploadId);
      if ('error' in done) setProblem(`${file.name}: ${done.error}`);
      else setFiles((before) => [...before, { assetId: done.assetId, filename: file.name }]);
      setPending((left) => left - 1);
    }
  };
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
            <label htmlFor={id} className="button button-outline">
              {texts.add}
            </label>
            <input
              id={id}
              type="file"
              multiple
              className="sr-only"
              onChange={(event) => {
                void add([...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
            <p role="status" className="text-sm">
              {pending > 0 ? texts.uploading : ''}
            </p>
            {problem !== '' && (
              <p role="alert" className="text-sm font-medium text-danger">
                {problem}
              </p>
            )}
          </fieldset>
          <SubmitButton pendingLabel={texts.pending}>{texts.save}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
