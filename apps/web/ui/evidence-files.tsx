'use client';

import { useState } from 'react';
import { useHeld } from './held.ts';
import { type ChosenFile, ChosenFiles, UploadButton, useUploads } from './uploads.tsx';

type Props = {
  readonly lang: string;
  /** What the files are: also the button's label. */
  readonly label: string;
  readonly texts: Readonly<Record<'remove' | 'uploading' | 'failed', string>>;
};

/** Photos and papers that speak for whoever sends the form; it carries them as `files.0.assetId`, … */
export function EvidenceFiles({ lang, label, texts }: Props) {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const held = useHeld(files, setFiles);
  const uploads = useUploads({
    lang,
    purpose: 'evidence',
    failed: texts.failed,
    onUploaded: ({ assetId, filename }) => setFiles((before) => [...before, { assetId, filename }]),
  });
  return (
    <fieldset {...held} className="space-y-2">
      <legend className="sr-only">{label}</legend>
      <ChosenFiles
        files={files}
        remove={texts.remove}
        onRemove={(file) => setFiles((before) => before.filter((each) => each !== file))}
      />
      <UploadButton
        uploads={uploads}
        label={label}
        pendingLabel={texts.uploading}
        accept="image/*,application/pdf,video/mp4"
        multiple
      />
    </fieldset>
  );
}
