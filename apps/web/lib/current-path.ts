import 'server-only';
import { headers } from 'next/headers';
import { pathOf } from './paths.ts';

/** The page that sent this form: path and query. */
export async function currentPath(): Promise<string> {
  return pathOf((await headers()).get('referer'));
}
