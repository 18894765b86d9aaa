import 'server-only';
import { randomBytes } from 'node:crypto';
import type { PlazaClient } from '@plaza/sdk';
import { cookies } from 'next/headers';
import { signedIn, type Visitor, visitorApi } from './api.ts';
import { GUEST_COOKIE, PRIVATE_COOKIE } from './cookies.ts';

/** A client that may keep something for later, a cart or a way to an order: a guest gets a token first. */
export async function shopper(lang: string, known?: Visitor): Promise<PlazaClient> {
  const [store, member] = [await cookies(), known ?? (await signedIn())];
  if (!store.has(GUEST_COOKIE) && member === undefined) {
    store.set(GUEST_COOKIE, randomBytes(24).toString('base64url'), PRIVATE_COOKIE);
  }
  return visitorApi(lang, member);
}
