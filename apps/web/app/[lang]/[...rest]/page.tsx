import { notFound } from 'next/navigation';

/** Not found already here, so that the title says it too. */
export function generateMetadata(): never {
  notFound();
}

/** An address that no page has: told inside the marketplace, in its look. */
export default function NoSuchPage(): never {
  notFound();
}
