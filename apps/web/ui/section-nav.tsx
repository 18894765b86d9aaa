'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Link } from './link.tsx';

export type SectionLink = { readonly href: string; readonly label: string };

/** The menu of a part of the site (account, studio, admin): a column beside the page, on a phone a row above it. */
export function SectionNav({ label, links }: { label: string; links: readonly SectionLink[] }) {
  const path = usePathname();
  // The longest address that the page is below is where we are.
  const here = links
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
  const current = useRef<HTMLAnchorElement>(null);
  const hereHref = here?.href;
  // On a phone the row is longer than the screen: where we are must not be off its edge. Only the row moves, never the page.
  useEffect(() => {
    const link = hereHref === undefined ? null : current.current;
    const row = link?.closest('ul');
    if (link && row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
  }, [hereHref]);
  return (
    <nav aria-label={label}>
      <ul className="flex gap-1 overflow-x-auto pb-1 lg:flex-col lg:pb-0">
        {links.map(({ href, label: name }) => (
          <li key={href} className="shrink-0">
            <Link
              href={href}
              {...(href === hereHref ? { ref: current, 'aria-current': 'page' } : {})}
              className="block rounded-small px-3 py-2 text-ink-muted hover:bg-muted hover:text-ink aria-[current=page]:bg-muted aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
