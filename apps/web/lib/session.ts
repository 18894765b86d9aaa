import 'server-only';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { api, orUndefined, signedIn, unlessAway } from './api.ts';
import { CART_COOKIE, SESSION_COOKIE } from './cookies.ts';
import { paths } from './paths.ts';

/** The signed-in member, or undefined for a guest and for a session that has ended. */
export async function currentMember() {
  return (await signedIn())?.me;
}

/** The signed-in member; a guest is sent to sign in and comes back to `next` after it. */
export async function requireMember(lang: string, next: string) {
  const member = await currentMember();
  if (member === undefined) redirect(paths.signIn(lang, next));
  return member;
}

/** The visitor's cart, when there is one. A shop without its cart is still a shop: an outage shows an empty one. */
export const currentCart = cache(async () => {
  const store = await cookies();
  if (!store.has(SESSION_COOKIE) && !store.has(CART_COOKIE)) return undefined;
  const client = await api();
  return orUndefined(client.orders.getCurrentCart({}), 'CART_NOT_FOUND', 'UNREACHABLE', 'UNAVAILABLE');
});

/** How many notifications the member has not read; undefined for a guest, and where nobody can tell now. */
export const unreadNotifications = cache(async () => {
  if ((await currentMember()) === undefined) return undefined;
  const inbox = (await api()).notifications.listNotifications({ isUnread: true, limit: 1 });
  return (await unlessAway(inbox))?.unreadCount;
});
