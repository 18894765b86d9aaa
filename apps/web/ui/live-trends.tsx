'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Over so long the pages that are open ask anew. */
const SPREAD_MS = 3_000;

/** Shows the page anew when what trends has changed. Without a connection the page stays as it was opened. */
export function LiveTrends() {
  const router = useRouter();
  useEffect(() => {
    let close = () => {};
    let isGone = false;
    // Read only where it is used: no other page pays for it.
    void import('socket.io-client').then(({ io }) => {
      if (isGone) return;
      const socket = io({
        path: '/realtime',
        transports: ['websocket', 'polling'],
        // A server that has no room has it again later.
        reconnectionDelayMax: 60_000,
      });
      // Not all open pages in the same moment.
      socket.on('trends.changed', () => setTimeout(() => router.refresh(), Math.random() * SPREAD_MS));
      close = () => socket.close();
    });
    return () => {
      isGone = true;
      close();
    };
  }, [router]);
  return null;
}
