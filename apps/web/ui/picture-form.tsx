'use client';

import type { ChangeEvent } from 'react';
import type { FormState } from '../lib/form.ts';
import { shrunk } from '../lib/shrink-picture.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly idempotencyKey: string;
  readonly texts: { readonly file: string; readonly hint: string; readonly submit: string; readonly pending: string };
};

/**
 * Sends one picture; a phone offers its camera. With JavaScript a large photo is made small before it is sent, which also
 * leaves out where it was taken.
 */
export function PictureForm({ action, idempotencyKey, texts }: Props) {
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          <div onChange={replaceByShrunk}>
            <Field
              name="picture"
              type="file"
              accept="image/*"
              label={texts.file}
              hint={texts.hint}
              state={state}
              required
            />
          </div>
          <SubmitButton className="button button-primary w-full" pendingLabel={texts.pending}>
            {texts.submit}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

/** Puts the small picture where the large one was chosen. Who sends the form sooner sends the large one. */
async function replaceByShrunk({ target }: ChangeEvent<HTMLElement>): Promise<void> {
  if (!(target instanceof HTMLInputElement) || target.files?.[0] === undefined) return;
  const [chosen] = target.files;
  const small = await shrunk(chosen as File);
  if (small === chosen || target.files[0] !== chosen) return;
  const files = new DataTransfer();
  files.items.add(small);
  target.files = files.files;
}
