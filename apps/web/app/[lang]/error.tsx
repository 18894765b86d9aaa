'use client';

import { useParams } from 'next/navigation';
import { saidInBrowser } from '../../messages/in-browser.ts';

/** What a person sees when a page fails: no trace, and a way on. */
export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  const { lang = 'en' } = useParams<{ lang: string }>();
  return (
    <div className="page grid place-items-center gap-4 py-24 text-center" role="alert">
      <h1 className="text-3xl font-bold">{saidInBrowser(lang, 'page.broken')}</h1>
      <button type="button" className="button button-primary" onClick={reset}>
        {saidInBrowser(lang, 'page.again')}
      </button>
    </div>
  );
}
