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

/** What a column is called; `number`: it holds numbers or amounts, which stand to the right, digit below digit. */
type Column = string | { readonly number: string };

/** The first row of a table. */
export function TableHead({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) =>
          typeof column === 'string' ? (
            <th key={column} scope="col">
              {column}
            </th>
          ) : (
            <th key={column.number} scope="col" className="!text-right">
              {column.number}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}
