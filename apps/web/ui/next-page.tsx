import Link from 'next/link';

type Props = {
  readonly path: string;
  readonly cursor: string | null;
  readonly label: string;
  /** Filters of the list, which stay. */
  readonly query?: Readonly<Record<string, string>>;
  /** The address's name of the cursor, where a page has more lists than one. */
  readonly name?: string;
};

/** Goes on to the next page of a list, when there is one. */
export function NextPage({ path, cursor, label, query = {}, name = 'cursor' }: Props) {
  if (cursor === null) return null;
  return (
    <p className="text-center">
      <Link
        rel="next"
        className="button button-quiet"
        href={`${path}?${new URLSearchParams({ ...query, [name]: cursor })}`}
      >
        {label}
      </Link>
    </p>
  );
}
