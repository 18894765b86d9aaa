import 'server-only';
import { cookies, headers } from 'next/headers';
import { CONSENT_COOKIE } from './cookies.ts';

export type ActivityChoice = 'allowed' | 'refused' | 'unset' | 'signal';

/**
 * Whether what this visitor does may be remembered. `signal`: their browser asks everyone not to (Global Privacy Control, Do
 * Not Track), so they are not even asked.
 */
export async function activityChoice(): Promise<ActivityChoice> {
  const given = await headers();
  if (given.get('sec-gpc') === '1' || given.get('dnt') === '1') return 'signal';
  const chosen = (await cookies()).get(CONSENT_COOKIE)?.value;
  return chosen === 'allowed' || chosen === 'refused' ? chosen : 'unset';
}
