import 'server-only';
import { createPlazaClient, type PlazaClient, PlazaError } from '@plaza/sdk';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { GUEST_COOKIE, SESSION_COOKIE, VISITOR_COOKIE } from './cookies.ts';
import { marketplaceId } from './marketplace-id.ts';
import { tellTimeIn } from './time-zone.ts';

const BASE_URL = process.env.PLAZA_API_URL ?? 'http://127.0.0.1:3000';

/** The only door to the API for pages: the visitor's own client. */
export async function api(lang?: string): Promise<PlazaClient> {
  // Asked for by every page: what comes through the door is shown by the marketplace's clock.
  const [client] = await Promise.all([visitorApi(lang), lang === undefined ? undefined : ownMarketplace(lang)]);
  return client;
}

/**
 * The visitor's own client, with their session or guest token, for what shows no times: forms' actions and downloads.
 * `known`: who they are, where it has been asked already, since React's `cache` keeps nothing there.
 */
export async function visitorApi(lang?: string, known?: Visitor): Promise<PlazaClient> {
  const member = known ?? (await signedIn());
  const store = await cookies();
  const [guestId, visitorId] = [store.get(GUEST_COOKIE)?.value, store.get(VISITOR_COOKIE)?.value];
  const visit = visitorId === undefined ? {} : { visitorId };
  if (member !== undefined) return clientFor(lang, { token: member.token, ...visit });
  return clientFor(lang, guestId === undefined ? visit : { guestId, ...visit });
}

/** A client without a visitor, for what everyone sees alike: the API answers it from memory. */
export async function publicApi(lang?: string): Promise<PlazaClient> {
  return clientFor(lang, {});
}

/** The marketplace of this request, in a language; asked for once a page. */
export const ownMarketplace = cache(async (lang: string) => {
  const client = await publicApi(lang);
  const id = (await marketplaceId()) ?? '';
  const settings = await orNotFound(client.admin.getMarketplace({ marketplaceId: id, locale: lang }));
  tellTimeIn(String(settings.timeZone));
  return settings;
});

/** A client with a token that was answered just now, before its cookie is there. */
export async function apiWith(lang: string, token: string, visitorId?: string): Promise<PlazaClient> {
  return clientFor(lang, visitorId === undefined ? { token } : { token, visitorId });
}

/** For what shows all marketplaces: a client of none, or of one that is named. */
export function installationApi(lang: string, marketplace?: string): PlazaClient {
  return createPlazaClient({ baseUrl: BASE_URL, locale: lang, ...(marketplace === undefined ? {} : { marketplace }) });
}

/** True where mail is shown on this machine instead of being sent. */
export async function hasDevInbox(): Promise<boolean> {
  const answer = await fetch(`${BASE_URL}/dev/inbox`, { method: 'HEAD' }).catch(() => undefined);
  return answer?.ok === true;
}

/**
 * The member behind the session cookie, with their token; undefined for a guest. The API refuses a token that has
 * ended instead of ignoring it: asking once a page lets a visitor go on as a guest.
 */
export const signedIn = cache(async () => {
  const token = (await cookies()).get(SESSION_COOKIE)?.value;
  if (token === undefined) return undefined;
  const client = await clientFor(undefined, { token });
  const me = await orUndefined(client.identity.getMe({}), 'UNAUTHENTICATED', 'MEMBER_NOT_FOUND');
  return me === undefined ? undefined : { token, me };
});

export type Visitor = Awaited<ReturnType<typeof signedIn>>;

async function clientFor(
  lang: string | undefined,
  visitor: { token?: string; guestId?: string; visitorId?: string },
): Promise<PlazaClient> {
  const marketplace = await marketplaceId();
  if (marketplace === undefined) notFound();
  const userAgent = (await headers()).get('user-agent');
  return createPlazaClient({
    baseUrl: BASE_URL,
    marketplace,
    ...visitor,
    ...(userAgent === null ? {} : { userAgent }),
    ...(lang === undefined ? {} : { locale: lang }),
  });
}

/** Sends a file where the API said, from here: for forms that work without JavaScript. */
export async function putUpload(address: string, headers: Readonly<Record<string, string>>, file: File): Promise<void> {
  const sent = await fetch(new URL(address, BASE_URL), { method: 'PUT', headers, body: file });
  if (!sent.ok) throw new Error(`The storage did not take a file: ${sent.status}`);
}

/** What `read` answers, or the not-found page when the API says there is no such thing. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    // An address with an id that cannot be one names nothing either.
    if (error instanceof PlazaError && (error.status === 404 || error.status === 422)) notFound();
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

/** What `read` answers, or undefined while the service that would answer is away. */
export function unlessAway<T>(read: Promise<T>): Promise<T | undefined> {
  return orUndefined(read, 'UNAVAILABLE', 'UNREACHABLE', 'INTERNAL');
}

/** What `read` answers, or the page at `path` where the API says that the address asks for what cannot be. */
export async function orRedirect<T>(read: Promise<T>, path: string): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof PlazaError && error.code === 'INVALID_INPUT') redirect(path);
    throw error;
  }
}
