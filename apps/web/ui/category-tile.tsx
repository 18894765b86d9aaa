import type { Category } from '../lib/marketplace.ts';
import { paths } from '../lib/paths.ts';
import { CategoryIcon } from './category-icon.tsx';
import { Link } from './link.tsx';

/** A category by its icon and name; the icon's tint follows from the id, so that it is the same everywhere. */
export function CategoryTile({ category, lang }: { category: Category; lang: string }) {
  const tint = [...category.id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 3;
  const color = ['var(--primary)', 'var(--accent)', 'var(--success)'][tint];
  return (
    <Link
      href={paths.category(lang, category.id)}
      className="card flex h-full items-center gap-2 p-2.5 font-semibold leading-tight transition sm:gap-3 sm:p-3 hover:-translate-y-0.5 hover:shadow-md"
    >
      <span
        className="grid size-11 shrink-0 place-items-center rounded-medium text-ink sm:size-12"
        style={{ background: `color-mix(in srgb, ${color} 22%, transparent)` }}
      >
        <CategoryIcon name={category.icon} />
      </span>
      <span className="min-w-0 wrap-break-word hyphens-auto max-sm:text-sm">{category.name}</span>
    </Link>
  );
}
