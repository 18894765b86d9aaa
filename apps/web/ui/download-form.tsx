'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, SubmitButton } from './form.tsx';
import { Icon } from './icon.tsx';

type File = { readonly filename: string; readonly url: string };
type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly label: string;
  /** With `{name}` for the file's. */
  readonly fileLabel: string;
  /** What the files belong to, for screen readers. */
  readonly subject: string;
  readonly pending: string;
  readonly idempotencyKey: string;
};

/** Asks for links to the files, then shows them. The links expire, so they are made when wanted. */
export function DownloadForm({ action, label, fileLabel, subject, pending, idempotencyKey }: Props) {
  return (
    <ActionForm action={action} className="space-y-2" idempotencyKey={idempotencyKey}>
      {(state) => {
        const files = Array.isArray(state.result?.files) ? (state.result.files as readonly File[]) : [];
        if (files.length === 0) {
          return (
            <SubmitButton pendingLabel={pending}>
              <Icon name="download" />
              {label}
              <span className="sr-only">: {subject}</span>
            </SubmitButton>
          );
        }
        return (
          <ul className="space-y-1">
            {files.map(({ filename, url }) => (
              <li key={url}>
                <a href={url} download={filename} className="link flex items-center gap-2">
                  <Icon name="download" />
                  {fileLabel.replace('{name}', filename)}
                </a>
              </li>
            ))}
          </ul>
        );
      }}
    </ActionForm>
  );
}
