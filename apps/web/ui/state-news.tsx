'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/**
 * How something stands that the reader may change: read out when it does. Who changed it loses the button that they pressed;
 * the focus goes here, and not back to the top of the page.
 */
export function StateNews({ stamp, children }: { stamp: string; children: ReactNode }) {
  const news = useRef<HTMLSpanElement>(null);
  const seen = useRef(stamp);
  useEffect(() => {
    if (seen.current === stamp) return;
    seen.current = stamp;
    if (document.activeElement === document.body) news.current?.focus();
  }, [stamp]);
  return (
    <span ref={news} role="status" tabIndex={-1} className="mt-1 inline-block rounded-full">
      {children}
    </span>
  );
}
