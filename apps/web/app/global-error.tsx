'use client';

import { useEffect, useState } from 'react';
import { LANGUAGE_NAMES } from '../lib/languages.ts';
import { saidInBrowser } from '../messages/in-browser.ts';

/** When not even the marketplace could be loaded (the API is away): no trace, a way on, in the reader's language. */
export default function GlobalErrorPage({ reset }: { readonly reset: () => void }) {
  const [lang, setLang] = useState('en');
  useEffect(() => {
    const wanted = [location.pathname.split('/')[1] ?? '', navigator.language.slice(0, 2)];
    setLang(wanted.find((each) => each in LANGUAGE_NAMES) ?? 'en');
  }, []);
  return (
    <html lang={lang}>
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{saidInBrowser(lang, 'page.broken')}</title>
      </head>
      <body
        style={{
          colorScheme: 'light dark',
          fontFamily: 'system-ui, sans-serif',
          display: 'grid',
          placeContent: 'center',
          gap: '1rem',
          minHeight: '100dvh',
          margin: 0,
          padding: '1.5rem',
          textAlign: 'center',
        }}
      >
        <h1>{saidInBrowser(lang, 'page.broken')}</h1>
        <p>{saidInBrowser(lang, 'error.UNREACHABLE')}</p>
        <p>
          <button type="button" onClick={reset} style={{ font: 'inherit', padding: '0.75rem 1.5rem' }}>
            {saidInBrowser(lang, 'page.again')}
          </button>
        </p>
      </body>
    </html>
  );
}
