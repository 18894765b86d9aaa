import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { api, unlessAway } from './api.ts';
import { CONSENT_COOKIE } from './cookies.ts';
import { currentMember } from './session.ts';

export type ActivityChoice = 'allowed' | 'refused' | 'unset' | 'signal';

/**
 * Whether what this visitor does may be remembered: as they said in this browser, else, of a member, on whatever device
 * they said it, so that nobody is asked again on each. `signal`: their browser asks everyone not to (Global Privacy Control, Do
 * Not Track), so they are not even asked.
 */
export const activityChoice = cache(async (): Promise<ActivityChoice> => {
  const given = await headers();
  if (given.get('sec-gpc') === '1' || given.get('dnt') === '1') return 'signal';
  const chosen = (await cookies()).get(CONSENT_COOKIE)?.value;
  if (chosen === 'allowed' || chosen === 'refused') return chosen;
  if ((await currentMember()) === undefined) return 'unset';
  const { discovery } = await api();
  const consent = await unlessAway(discovery.getActivityConsent({}));
  // Who cannot be asked what they said is neither asked again nor remembered.
  return consent?.choice ?? 'refused';
});
