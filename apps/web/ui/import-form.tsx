'use client';

import { useId, useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { type FieldSpec, Fields } from './simple-form.tsx';
import { sendFile } from './upload.ts';

type Props = {
  readonly lang: string;
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly choices: readonly FieldSpec[];
  readonly texts: Readonly<
    Record<'file' | 'fileHint' | 'paste' | 'submit' | 'pending' | 'uploading' | 'ready' | 'failed' | 'empty', string>
  >;
  readonly idempotencyKey: string;
};

/** A file of listings, or rows pasted. Large files go to the storage directly; small ones may come with the form. */
export function ImportForm({ lang, action, choices, texts, idempotencyKey }: Props) {
  const id = useId();
  const [upload, setUpload] = useState<{ id: string; name: string }>();
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState('');
  const add = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (file === undefined) return;
    setProblem('');
    setIsSending(true);
    const sent = file.size === 0 ? { error: texts.empty } : await sendFile(lang, 'import-file', file, texts.failed);
    setIsSending(false);
    if ('error' in sent) setProblem(`${file.name}: ${sent.error}`);
    else setUpload({ id: sent.uploadId, name: file.name });
    // It is there now: it need not come with the form again.
    input.value = '';
  };
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          <div className="space-y-1">
            <label htmlFor={id} className="block text-sm font-medium">
              {texts.file}
            </label>
            <input
              id={id}
              type="file"
              name="file"
              accept=".csv,.ndjson,.jsonl,.json,.txt,.tsv,text/csv"
              className="input"
              aria-describedby={`${id}-hint`}
              onChange={(event) => void add(event.target)}
            />
            <p id={`${id}-hint`} className="text-sm text-ink-muted">
              {texts.fileHint}
            </p>
            <p role="status" className="text-sm font-medium">
              {isSending ? texts.uploading : upload === undefined ? '' : `${texts.ready}: ${upload.name}`}
            </p>
            {problem !== '' && (
              <p role="alert" className="text-sm font-medium text-danger">
                {problem}
              </p>
            )}
          </div>
          {upload === undefined ? (
            <Field label={texts.paste} name="text" state={state} type="textarea" rows={5} maxLength={1_000_000} />
          ) : (
            <input type="hidden" name="uploadId" value={upload.id} />
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            <Fields fields={choices} state={state} />
          </div>
          <SubmitButton pendingLabel={texts.pending}>{texts.submit}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
