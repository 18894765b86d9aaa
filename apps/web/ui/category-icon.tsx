import { icons } from '@iconify-json/lucide';

const { aliases = {} } = icons;

/** A category's icon by its Lucide name, as marketplaces choose it (https://lucide.dev/icons). Drawn on the server only. */
export function CategoryIcon({ name, size = 26 }: { name: string; size?: number }) {
  const found = icons.icons[name] ?? icons.icons[aliases[name]?.parent ?? ''] ?? icons.icons.tag;
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      className="shrink-0"
      // Safe: drawings of a package, not anyone's input.
      dangerouslySetInnerHTML={{ __html: found?.body ?? '' }}
    />
  );
}
