import 'server-only';
import { headers } from 'next/headers';

/** The page that sent this form: path and query. */
export async function currentPath(): Promise<string> {
  const referer = URL.parse((await headers()).get('referer') ?? '');
  return referer === null ? '/' : `${referer.pathname}${referer.search}`;
}
