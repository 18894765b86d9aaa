'use client';

import { useEffect } from 'react';
import { enqueue, type Happening, startSending } from '../lib/activity-queue.ts';

/** Sends what happens on this site's pages. Stands in the layout only where the visitor agreed. */
export function ActivitySender() {
  useEffect(() => startSending(), []);
  return null;
}

/** Says that something happened: this page was opened, this search was made. */
export function Happened({ kind, listingId, query, resultCount }: Happening) {
  useEffect(() => enqueue({ kind, listingId, query, resultCount }), [kind, listingId, query, resultCount]);
  return null;
}
