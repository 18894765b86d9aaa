import { headers } from 'next/headers';
import { MARKETPLACE_HEADER } from './cookies.ts';

/** The marketplace of this request; none on the bare host, which shows them all. */
export async function marketplaceId(): Promise<string | undefined> {
  return marketplaceIdOf(await headers());
}

/** What the server in front says; without one (`next dev`) the first label of the host: `jaikod.localhost:3001`. */
export function marketplaceIdOf(given: Pick<Headers, 'get'>): string | undefined {
  return (given.get(MARKETPLACE_HEADER) ?? given.get('host')?.split('.')[0]) || undefined;
}
