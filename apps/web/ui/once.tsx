'use client';

import { useEffect, useRef } from 'react';

/** Does something on the server once the page is shown, for a reader who comes back from elsewhere. */
export function Once({ action }: { action: () => Promise<void> }) {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    void action();
  }, [action]);
  return null;
}
