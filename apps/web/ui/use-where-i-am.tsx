'use client';

import { type MouseEvent, useState, useSyncExternalStore } from 'react';

/** Decimals of a degree that are sent: about a kilometer. */
const DECIMALS = 2;
const WAIT_MS = 10_000;

/** Asks the device where it is, and sends the form around it with that in its field `near`. Without script it is not there. */
export function UseWhereIAm({
  texts,
}: {
  readonly texts: { readonly use: string; readonly hint: string; readonly unknown: string; readonly here: string };
}) {
  const [state, setState] = useState<'idle' | 'asking' | 'unknown'>('idle');
  const canAsk = useSyncExternalStore(
    () => () => {},
    () => 'geolocation' in navigator,
    () => false,
  );
  if (!canAsk) return null;

  function ask({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>): void {
    const field = form?.elements.namedItem('near');
    if (!(field instanceof HTMLSelectElement)) return;
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        const near = `${latitude.toFixed(DECIMALS)},${longitude.toFixed(DECIMALS)}`;
        field.add(new Option(texts.here, near, true, true));
        setState('idle');
        form?.requestSubmit();
      },
      () => setState('unknown'),
      { timeout: WAIT_MS, maximumAge: 600_000 },
    );
  }

  return (
    <div className="text-sm">
      <button
        type="button"
        className="link py-1"
        onClick={ask}
        disabled={state === 'asking'}
        aria-busy={state === 'asking'}
      >
        {texts.use}
      </button>
      <p className="text-ink-muted" role={state === 'unknown' ? 'alert' : undefined}>
        {state === 'unknown' ? texts.unknown : texts.hint}
      </p>
    </div>
  );
}
