'use client';

import { useState } from 'react';

type Props = { readonly provider: string; readonly startPath: string; readonly next: string; readonly label: string };

/** Goes to a provider (Google, Apple, LINE): the API answers where, and the browser follows. */
export function RedirectSignIn({ provider, startPath, next, label }: Props) {
  const [hasFailed, setHasFailed] = useState(false);
  const start = async () => {
    try {
      const response = await fetch(startPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ provider, callbackURL: new URL(next, location.href).href }),
      });
      const { url } = (await response.json()) as { url?: string };
      if (url === undefined) setHasFailed(true);
      else location.assign(url);
    } catch {
      setHasFailed(true);
    }
  };
  return (
    <button type="button" className="button button-outline w-full" onClick={start}>
      {label}
      {hasFailed && <span role="alert"> ⚠</span>}
    </button>
  );
}
