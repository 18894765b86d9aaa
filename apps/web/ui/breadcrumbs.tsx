import { Link } from './link.tsx';

export type Crumb = { readonly name: string; readonly href: string };

export function Breadcrumbs({ crumbs, label }: { crumbs: readonly Crumb[]; label: string }) {
  return (
    <nav aria-label={label} className="text-sm text-ink-muted">
      <ol className="flex flex-wrap items-center gap-x-1.5">
        {crumbs.map(({ name, href }, index) => (
          <li key={href} className="flex items-center gap-x-1.5">
            {index > 0 && <span aria-hidden="true">/</span>}
            <Link href={href} className="hover:text-ink hover:underline">
              {name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
