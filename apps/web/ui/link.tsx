import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/**
 * A link to a page of ours. Nothing is fetched before it is followed: each page is made for who reads it, so all that
 * Next.js fetches ahead is its outline, and the outlines of the thirty links in sight cost three times the page itself.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
