import { Link } from './link.tsx';

type Props = {
  readonly path: string;
  readonly cursor: string | null;
  readonly label: string;
  /** Filters of the list, which stay; those that are not chosen are undefined or empty. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** The address's name of the cursor, where a page has more lists than one. */
  readonly name?: string;
};

/** Goes on to the next page of a list, when there is one. */
export function NextPage({ path, cursor, label, query = {}, name = 'cursor' }: Props) {
  if (cursor === null) return null;
  const chosen = Object.entries(query).flatMap(([key, value]) => (value ? [[key, value]] : []));
  return (
    <p className="text-center">
      <Link
        rel="next"
        className="button button-quiet"
        href={`${path}?${new URLSearchParams([...chosen, [name, cursor]])}`}
      >
        {label}
      </Link>
    </p>
  );
}
