'use client';

import { useState } from 'react';
import { Icon } from './icon.tsx';

type Image = { readonly url: string; readonly thumbUrl: string; readonly alt: string };

/** One large picture and the others to choose from. */
export function Gallery({ images, title, label }: { images: readonly Image[]; title: string; label: string }) {
  const [at, setAt] = useState(0);
  const shown = images[at];
  return (
    <section aria-label={label} className="space-y-3">
      <div className="card aspect-square overflow-hidden !bg-muted">
        {shown === undefined ? (
          <div className="grid size-full place-items-center text-ink-muted">
            <Icon name="image" size={72} />
          </div>
        ) : (
          <img
            src={shown.url}
            alt={shown.alt || title}
            width={1600}
            height={1600}
            className="size-full object-cover"
            fetchPriority="high"
          />
        )}
      </div>
      {images.length > 1 && (
        <ul className="flex gap-2 overflow-x-auto pb-1">
          {images.map(({ thumbUrl, alt }, index) => (
            <li key={thumbUrl}>
              <button
                type="button"
                onClick={() => setAt(index)}
                aria-label={`${alt || title} ${index + 1}`}
                aria-pressed={index === at}
                className="block size-20 overflow-hidden rounded-small border-2 border-transparent aria-pressed:border-primary"
              >
                <img src={thumbUrl} alt="" width={80} height={80} loading="lazy" className="size-full object-cover" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
