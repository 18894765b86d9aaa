'use client';

import { useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { type ChosenFile, ChosenFiles, UploadButton, useUploads } from './uploads.tsx';

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
          {lines.map(({ id, label, left }) => (
            <Field
              key={id}
              label={label}
              name={`quantity.${id}`}
              state={state}
              type="number"
              inputMode="numeric"
              min={0}
              defaultValue={lines.length === 1 ? left : 0}
            />
          ))}
          <Field label={texts.reason} name="reason" state={state} required type="textarea" rows={3} maxLength={500} />
          {hasFiles && (
            <fieldset className="space-y-2">
              <legend className="sr-only">{texts.photos}</legend>
              <ChosenFiles
                files={files}
                remove={texts.remove}
                onRemove={(file) => setFiles((before) => before.filter((each) => each !== file))}
              />
              <UploadButton
                uploads={uploads}
                label={texts.photos}
                pendingLabel={texts.uploading}
                accept="image/*,application/pdf,video/mp4"
                multiple
              />
            </fieldset>
          )}
          <SubmitButton pendingLabel={texts.pending}>{texts.submit}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
