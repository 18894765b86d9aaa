import { headers } from 'next/headers';

/** The marketplace of this request: the first label of its host; none on the bare host, which shows them all. */
export async function marketplaceId(): Promise<string | undefined> {
  const given = await headers();
  return marketplaceIdOf(given.get('x-forwarded-host') ?? given.get('host') ?? '');
}

/** `jaikod.localhost:3000` → `jaikod`. Own domains are resolved by the API, which lists each marketplace's hosts. */
export function marketplaceIdOf(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  const label = name.split('.')[0] ?? '';
  const isBare = !name.includes('.') || /^[\d.]+$/.test(name) || label === 'www';
  return isBare ? undefined : label;
}
