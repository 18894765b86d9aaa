'use client';

import { useState } from 'react';
import { finishUpload, type UploadedFile } from '../lib/actions/uploads.ts';
import { sendFile } from './upload.ts';

type Uploads = {
  /** Sends files one after the other; those that fail are named in `problems`, the others go on. */
  add(files: readonly File[]): Promise<void>;
  /** Files on their way. */
  readonly pending: number;
  readonly problems: readonly string[];
};

/** Files to the storage as soon as they are chosen. `onUploaded` gets each that has arrived; the form carries its id. */
export function useUploads({
  lang,
  purpose,
  failed,
  onUploaded,
}: {
  lang: string;
  purpose: Parameters<typeof sendFile>[1];
  failed: string;
  onUploaded: (file: UploadedFile) => void;
}): Uploads {
  const [pending, setPending] = useState(0);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const add = async (files: readonly File[]) => {
    setProblems([]);
    setPending((before) => before + files.length);
    for (const file of files) {
      const sent = await sendFile(lang, purpose, file, failed);
      const done = 'error' in sent ? sent : await finishUpload(lang, sent.uploadId);
      if ('error' in done) setProblems((before) => [...before, `${file.name}: ${done.error}`]);
      else onUploaded(done);
      setPending((before) => before - 1);
    }
  };
  return { add, pending, problems };
}

/** The button that chooses files, what is on its way, and what went wrong. */
export function UploadButton({
  uploads,
  label,
  pendingLabel,
  accept,
  multiple,
}: {
  uploads: Uploads;
  label: string;
  pendingLabel: string;
  accept?: string;
  multiple: boolean;
}) {
  return (
    <>
      <label className="button button-outline relative has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-[var(--focus)]">
        {label}
        <input
          type="file"
          accept={accept}
          multiple={multiple}
          className="sr-only"
          onChange={(event) => {
            void uploads.add([...(event.target.files ?? [])]);
            // The same file may be chosen again.
            event.target.value = '';
          }}
        />
      </label>
      <p role="status" className="text-sm">
        {uploads.pending > 0 ? pendingLabel : ''}
      </p>
      {uploads.problems.length > 0 && (
        <div role="alert" className="text-sm font-medium text-danger">
          {uploads.problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
    </>
  );
}

export type ChosenFile = { readonly assetId: string; readonly filename: string };

/** Files that have arrived, as fields of their form (`files.0.assetId` …), each with a button to take it out again. */
export function ChosenFiles({
  files,
  remove,
  onRemove,
}: {
  files: readonly ChosenFile[];
  remove: string;
  onRemove: (file: ChosenFile) => void;
}) {
  return (
    <ul className="space-y-1">
      {files.map((file, index) => (
        <li key={file.assetId} className="flex items-center justify-between gap-2">
          <input type="hidden" name={`files.${index}.assetId`} value={file.assetId} />
          <input type="hidden" name={`files.${index}.filename`} value={file.filename} />
          <span className="truncate">{file.filename}</span>
          <button
            type="button"
            className="link min-h-9"
            aria-label={`${remove}: ${file.filename}`}
            onClick={() => onRemove(file)}
          >
            {remove}
          </button>
        </li>
      ))}
    </ul>
  );
}
