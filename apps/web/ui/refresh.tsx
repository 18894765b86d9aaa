'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Looks again now and then, for a page that waits for something to happen elsewhere. */
export function RefreshUntilDone({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
