import type { ReactNode } from 'react';

/** A table that may be wider than a phone. It scrolls by itself, by keyboard too (WCAG 2.1.1), which needs the focus. */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <section className="card overflow-x-auto" aria-label={label} tabIndex={0}>
      <table className="data">{children}</table>
    </section>
  );
}
