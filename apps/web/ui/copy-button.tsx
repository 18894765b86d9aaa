'use client';

import { useState } from 'react';

/** Puts a text into the clipboard, and says that it is there. */
export function CopyButton({ text, label, copied }: { text: string; label: string; copied: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <button type="button" className="button button-quiet shrink-0" onClick={() => void copy()}>
      <span aria-live="polite">{isCopied ? copied : label}</span>
    </button>
  );
}
