import type { ReactNode } from 'react';
import type { Marketplace } from '../lib/marketplace.ts';
import { Logo } from './theme.tsx';

/** A page that is one small form: signing in, setting a password. */
export function NarrowCard({
  marketplace,
  title,
  children,
}: {
  marketplace: Marketplace;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="page grid place-items-center py-10">
      <section className="card w-full max-w-md space-y-5 p-6 sm:p-8" aria-labelledby="title">
        <div className="space-y-3 text-center">
          <span className="flex justify-center">
            <Logo theme={marketplace.theme} size={44} />
          </span>
          <h1 id="title" className="text-2xl font-bold">
            {title}
          </h1>
        </div>
        {children}
      </section>
    </div>
  );
}
