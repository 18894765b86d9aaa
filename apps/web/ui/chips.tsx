import { Link } from './link.tsx';

type Chip = { readonly href: string; readonly label: string; readonly isChosen: boolean };

/** Choices that filter a list, by address. */
export function Chips({ label, chips }: { label: string; chips: readonly Chip[] }) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-2">
        {chips.map(({ href, label: name, isChosen }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isChosen ? 'true' : undefined}
              className="chip min-h-10 aria-[current=true]:bg-primary aria-[current=true]:text-on-primary"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
