'use client';

/** Opens the browser's own print dialog, which also saves as PDF. Not on paper itself. */
export function PrintButton({ label }: { label: string }) {
  return (
    <button type="button" className="button button-quiet print:hidden" onClick={() => window.print()}>
      {label}
    </button>
  );
}
