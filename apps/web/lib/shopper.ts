import 'server-only';
import { randomBytes } from 'node:crypto';
import type { PlazaClient } from '@plaza/sdk';
import { cookies } from 'next/headers';
import { api } from './api.ts';
import { GUEST_COOKIE, PRIVATE_COOKIE } from './cookies.ts';
import { currentMember } from './session.ts';

/** A client that may keep something for later, a cart or a way to an order: a guest gets a token first. */
export async function shopper(lang: string): Promise<PlazaClient> {
  const store = await cookies();
  if (!store.has(GUEST_COOKIE) && (await currentMember()) === undefined) {
    store.set(GUEST_COOKIE, randomBytes(24).toString('base64url'), PRIVATE_COOKIE);
  }
  return api(lang);
}
