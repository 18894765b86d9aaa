import { notFound } from 'next/navigation';

/** An address that no page has: told inside the marketplace, in its look. */
export default function NoSuchPage(): never {
  notFound();
}
