'use client';

import { useState } from 'react';
import { useHeld } from './held.ts';
import { UploadButton, useUploads } from './uploads.tsx';

export type UploadedImage = { readonly assetId: string; readonly thumbUrl: string | null; readonly alt: string };
export type ImageTexts = Readonly<
  Record<'label' | 'hint' | 'add' | 'remove' | 'first' | 'alt' | 'pending' | 'failed', string>
>;

type Props = {
  readonly lang: string;
  readonly purpose: 'listing-image' | 'store-logo';
  readonly initial: readonly UploadedImage[];
  readonly max: number;
  readonly texts: ImageTexts;
};

/** Pictures, sent to the storage as soon as they are chosen; the form carries their ids, in order. */
export function ImageUploads({ lang, purpose, initial, max, texts }: Props) {
  const [images, setImages] = useState(initial);
  const held = useHeld(images, setImages);
  const uploads = useUploads({
    lang,
    purpose,
    failed: texts.failed,
    onUploaded: ({ assetId, thumbUrl }) => {
      const image = { assetId, thumbUrl, alt: '' };
      setImages((before) => (max === 1 ? [image] : [...before, image].slice(0, max)));
    },
  });
  const withAlt = (index: number, alt: string) =>
    setImages((before) => before.map((each, i) => (i === index ? { ...each, alt } : each)));
  return (
    <fieldset {...held} className="space-y-3">
      <legend className="text-sm font-medium">{texts.label}</legend>
      <p className="text-sm text-ink-muted">{texts.hint}</p>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
        {images.map((image, index) => (
          <li key={image.assetId} className="space-y-2 rounded-medium border border-line p-2">
            <input type="hidden" name={`images.${index}.assetId`} value={image.assetId} />
            {image.thumbUrl !== null && (
              <img src={image.thumbUrl} alt={image.alt} className="aspect-square w-full rounded-small object-cover" />
            )}
            {max > 1 && (
              <input
                className="input !min-h-10 text-sm"
                name={`images.${index}.alt`}
                value={image.alt}
                maxLength={300}
                placeholder={texts.alt}
                aria-label={`${texts.alt} ${index + 1}`}
                onChange={(event) => withAlt(index, event.target.value)}
              />
            )}
            <div className="flex flex-wrap justify-between gap-1 text-sm">
              {index > 0 && (
                <button
                  type="button"
                  className="link min-h-9 px-1"
                  onClick={() => setImages((before) => [image, ...before.filter((each) => each !== image)])}
                >
                  {texts.first}
                </button>
              )}
              <button
                type="button"
                className="link min-h-9 px-1"
                aria-label={`${texts.remove} ${index + 1}`}
                onClick={() => setImages((before) => before.filter((each) => each !== image))}
              >
                {texts.remove}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <UploadButton
        uploads={uploads}
        label={texts.add}
        pendingLabel={texts.pending}
        accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
        multiple={max > 1}
      />
    </fieldset>
  );
}
