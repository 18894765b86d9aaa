import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { MISSING_HEADER } from '../../../lib/cookies.ts';
import NotFound from '../not-found.tsx';

export { generateMetadata } from '../not-found.tsx';

/**
 * An address that no page has, told inside the marketplace, in its look. `notFound` sets the status but leaves its words
 * to a script; the server in front then asks for them with a header.
 */
export default async function NoSuchPage() {
  if (!(await headers()).has(MISSING_HEADER)) notFound();
  return <NotFound />;
}
