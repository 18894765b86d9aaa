import 'server-only';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { createPlazaClient, type PlazaClient, PlazaError } from '@plaza/sdk';
import { GUEST_COOKIE, SESSION_COOKIE } from './cookies';
import { marketplaceId } from './marketplace-id';

const BASE_URL = process.env.PLAZA_API_URL ?? 'http://127.0.0.1:3000';

/** The only door to the API: the visitor's own client, with their session or guest token. */
export const api = cache(async (lang?: string): Promise<PlazaClient> => {
  const store = await cookies();
  const token = store.get(SESSION_COOKIE)?.value;
  const guestId = store.get(GUEST_COOKIE)?.value;
  return createPlazaClient({
    baseUrl: BASE_URL,
    marketplace: await requireMarketplaceId(),
    ...(lang === undefined ? {} : { locale: lang }),
    ...(token === undefined ? {} : { token }),
    ...(guestId === undefined ? {} : { guestId }),
  });
});

/** A client without a visitor, for what everyone sees alike: the API answers it from memory. */
export const publicApi = cache(async (lang?: string): Promise<PlazaClient> => {
  return createPlazaClient({ baseUrl: BASE_URL, marketplace: await requireMarketplaceId(), ...(lang === undefined ? {} : { locale: lang }) });
});

/** For the page that shows all marketplaces. */
export function installationApi(lang: string): PlazaClient {
  return createPlazaClient({ baseUrl: BASE_URL, locale: lang });
}

async function requireMarketplaceId(): Promise<string> {
  const id = await marketplaceId();
  if (id === undefined) notFound();
  return id;
}

/** What `read` answers, or the not-found page when the API says there is no such thing. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof PlazaError && (error.status === 404 || (error.status === 422 && error.errors.length > 0))) notFound();
    throw error;
  }
}

/** What `read` answers, or undefined when the API refuses with one of `codes`. */
export async function orUndefined<T>(read: Promise<T>, ...codes: string[]): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof PlazaError && codes.includes(error.code)) return undefined;
    throw error;
  }
}
