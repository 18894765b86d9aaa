import { type NextRequest, NextResponse } from 'next/server';
import { COOKIE, LANGUAGE_COOKIE, LANGUAGE_HEADER, MISSING_HEADER } from './lib/cookies.ts';
import { marketplaceIdOf } from './lib/marketplace-id.ts';

const BASE_URL = process.env.PLAZA_API_URL ?? 'http://127.0.0.1:3000';
const SETTINGS_SECONDS = 60;
const known = new Map<string, { locales: string[]; untilMs: number }>();

/**
 * Every page's address begins with its language. An address without one is sent to the visitor's: chosen before, else
 * the browser's, else the marketplace's first. The bare host shows all marketplaces.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const id = marketplaceIdOf(request.headers);
  const { pathname, search } = request.nextUrl;
  if (id === undefined)
    return NextResponse.rewrite(new URL('/hub', request.url), { status: pathname === '/' ? 200 : 404 });
  const locales = await localesOf(id);
  if (locales === undefined) return NextResponse.rewrite(new URL('/hub', request.url));
  const first = pathname.split('/')[1] ?? '';
  if (locales.includes(first)) {
    const headers = new Headers(request.headers);
    headers.set(LANGUAGE_HEADER, first);
    const response = headers.has(MISSING_HEADER)
      ? NextResponse.rewrite(new URL(`/${first}/missing`, request.url), { request: { headers }, status: 404 })
      : NextResponse.next({ request: { headers } });
    response.headers.set('content-language', first);
    // Addresses without a language (mails, the bank's way back) then keep the one the visitor reads. A form is no such
    // choice, and a cookie in its answer would show its page anew, without what was entered.
    if (request.method === 'GET' && request.cookies.get(LANGUAGE_COOKIE)?.value !== first)
      response.cookies.set(LANGUAGE_COOKIE, first, COOKIE);
    return response;
  }
  const lang = preferredOf(request, locales);
  // An address in a language that this marketplace does not speak keeps its page.
  const rest = /^[a-z]{2}$/.test(first) ? pathname.slice(3) : pathname;
  // Mails and notifications name an order by the API's path.
  const path = rest.replace(/^\/(orders|offers|library)(?=\/|$)/, '/account/$1');
  return redirectTo(request, `/${lang}${path === '/' ? '' : path}${search}`);
}

function redirectTo(request: NextRequest, path: string): NextResponse {
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  const scheme = request.headers.get('x-forwarded-proto') ?? 'http';
  const response = NextResponse.redirect(new URL(path, `${scheme}://${host}`), 307);
  response.headers.set('vary', 'accept-language, cookie');
  return response;
}

function preferredOf(request: NextRequest, locales: readonly string[]): string {
  const chosen = request.cookies.get(LANGUAGE_COOKIE)?.value;
  const accepted = (request.headers.get('accept-language') ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase());
  return [chosen, ...accepted].find((each) => each !== undefined && locales.includes(each)) ?? locales[0] ?? 'en';
}

async function localesOf(id: string): Promise<string[] | undefined> {
  const cached = known.get(id);
  if (cached !== undefined && cached.untilMs > Date.now()) return cached.locales;
  const response = await fetch(`${BASE_URL}/api/v1/marketplaces/${encodeURIComponent(id)}`).catch(() => undefined);
  if (response === undefined || !response.ok) return cached?.locales;
  const { locales } = (await response.json()) as { locales: string[] };
  known.set(id, { locales, untilMs: Date.now() + SETTINGS_SECONDS * 1000 });
  return locales;
}

export const config = {
  matcher: [
    '/((?!_next/|favicon.ico|robots.txt|sitemap.xml|sitemap/|icon.svg|.*\\.(?:png|svg|ico|txt|webmanifest)$).*)',
  ],
};
