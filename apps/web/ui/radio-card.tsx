import type { ComponentProps, ReactNode } from 'react';

/** One of several choices, on a card that is pressed anywhere. */
export function RadioCard({ children, ...input }: ComponentProps<'input'> & { children: ReactNode }) {
  return (
    <label className="flex items-center gap-3 rounded-small border border-line p-3 has-checked:border-primary">
      <input type="radio" {...input} className="size-5 accent-primary" />
      {children}
    </label>
  );
}
