import type { MarketplaceSettings } from '@plaza/kernel/marketplace';

/** `https://{marketplace}.example.com`: a scheme and a host, of which a marketplace's id may be a part. */
export function isAddressPattern(text: string): boolean {
  const filledIn = text.replaceAll('{marketplace}', 'bazaar').replace(/\/$/, '');
  return (
    /^https?:$/.test(URL.parse(filledIn)?.protocol ?? '') && URL.parse(filledIn)?.origin === filledIn.toLowerCase()
  );
}

/**
 * Where people reach a marketplace, without a trailing slash. `PLAZA_PUBLIC_URL` is a pattern:
 * `https://{marketplace}.example.com`. One with hosts of its own is reached at the first of them, by the pattern's
 * scheme and port; on a machine without the setting, where no such name leads, by its id like the others.
 */
export function publicUrlOf(
  { PLAZA_PUBLIC_URL, PORT }: { readonly PLAZA_PUBLIC_URL?: string | undefined; readonly PORT: number },
  { id, hosts }: Pick<MarketplaceSettings, 'id' | 'hosts'>,
): string {
  const pattern = PLAZA_PUBLIC_URL ?? `http://{marketplace}.localhost:${PORT}`;
  const url = new URL(pattern.replaceAll('{marketplace}', id));
  if (PLAZA_PUBLIC_URL !== undefined && hosts[0] !== undefined) url.hostname = hosts[0];
  return url.origin;
}
