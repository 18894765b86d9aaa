import Link from 'next/link';

/** Goes on to the next page of a list, when there is one. */
export function NextPage({ path, cursor, label }: { path: string; cursor: string | null; label: string }) {
  if (cursor === null) return null;
  return (
    <p className="text-center">
      <Link rel="next" className="button button-quiet" href={`${path}?cursor=${encodeURIComponent(cursor)}`}>
        {label}
      </Link>
    </p>
  );
}
