'use client';

import { useEffect, useState } from 'react';

/** The time that is left, minute by second. Screen readers are told once, not each second. */
export function Countdown({ untilTime, label, over }: { untilTime: string; label: string; over: string }) {
  // The server's clock is not the reader's: the first picture is drawn on both without it.
  const [leftSeconds, setLeft] = useState<number>();
  useEffect(() => {
    const look = () => setLeft(Math.max(0, Math.floor((Date.parse(untilTime) - Date.now()) / 1000)));
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [untilTime]);
  if (leftSeconds === undefined) return <p className="font-semibold">{label}</p>;
  if (leftSeconds === 0) return <p role="status">{over}</p>;
  const shown = `${Math.floor(leftSeconds / 60)}:${String(leftSeconds % 60).padStart(2, '0')}`;
  return (
    <p className="font-semibold">
      {label} <span className="tabular-nums">{shown}</span>
    </p>
  );
}
