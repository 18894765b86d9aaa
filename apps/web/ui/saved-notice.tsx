'use client';

import { useEffect, useState } from 'react';

/**
 * Says on the page that a form led to that it was saved, until the next form is sent: beside its mistakes it would be untrue.
 * Its key is when that was, so that the next time is said anew.
 */
export function SavedNotice({ text }: { text: string }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const end = () => setOver(true);
    document.addEventListener('submit', end);
    return () => document.removeEventListener('submit', end);
  }, []);
  if (isOver) return null;
  return (
    <p role="status" className="rounded-small bg-success p-3 font-medium text-on-success">
      {text}
    </p>
  );
}
