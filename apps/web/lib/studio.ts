import 'server-only';
import type { Store } from '@plaza/catalog/contract';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { api } from './api.ts';
import { paths } from './paths.ts';
import { currentMember, requireMember } from './session.ts';

/** The member's store, or undefined for one who has not opened any. */
export const myStore = cache(async (): Promise<Store | undefined> => {
  const client = await api();
  return (await client.catalog.getMyStores({})).items[0];
});

/** The store whose studio this is. A guest signs in first; a member without a store opens one on the studio's first page. */
export async function requireStore(lang: string, next: string): Promise<Store> {
  await requireMember(lang, next);
  const store = await myStore();
  if (store === undefined) redirect(paths.studio(lang));
  return store;
}

/** The operator who looks at this page; to everyone else it does not exist. */
export async function requireOperator(...roles: ('moderator' | 'admin')[]) {
  const member = await currentMember();
  if (member === undefined || !roles.some((role) => member.roles.includes(role))) notFound();
  return member;
}
