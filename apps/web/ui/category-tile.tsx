import Link from 'next/link';
import type { Category } from '../lib/marketplace';
import { paths } from '../lib/paths';

/** A category by name on a tinted ground; the tint follows from the name, so that it is the same everywhere. */
export function CategoryTile({ category, lang }: { category: Category; lang: string }) {
  const tint = [...category.id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 3;
  const ground = ['var(--primary)', 'var(--accent)', 'var(--success)'][tint];
  return (
    <Link
      href={paths.category(lang, category.id)}
      className="card flex min-h-20 items-end p-3 font-semibold leading-tight transition hover:-translate-y-0.5"
      style={{
        backgroundImage: `linear-gradient(135deg, color-mix(in srgb, ${ground} 20%, transparent), transparent 75%)`,
      }}
    >
      {category.name}
    </Link>
  );
}
