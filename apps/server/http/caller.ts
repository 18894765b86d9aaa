import { type Context, commonErrors, DEVICE_MAX, invalidInput, type Visit } from '@plaza/kernel';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import type { FastifyRequest } from 'fastify';
import { httpFaults } from './problem.ts';

/** What identifies callers, as far as the edge needs it. */
export type Authenticate = (
  input: { token: string },
  context: Context,
) => Promise<{ memberId: string; roles: string[]; sessionId: string } | null>;

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The marketplace a request is for: the X-Marketplace header, else its host (`jaikod.localhost`). */
export function marketplaceOf(request: FastifyRequest, marketplaces: Marketplaces): string {
  const named = request.headers['x-marketplace'];
  if (typeof named === 'string' && named !== '') return marketplaces.get(named).id;
  const found = marketplaces.find(String(request.headers['x-forwarded-host'] ?? request.headers.host ?? ''));
  if (found === undefined) throw commonErrors.MARKETPLACE_UNKNOWN({});
  return found.id;
}

/**
 * Reads who calls, for whom, in which language. A bearer token that is not valid (any more) is refused, not ignored: who
 * sends one means it. A cookie that is not valid makes a guest, for a browser sends it everywhere: what is public stays
 * readable after a session has ended, and what is not refuses guests by itself.
 * Without a marketplace (what answers for the whole installation) everybody is a guest: sessions belong to one.
 */
export async function contextOf(
  request: FastifyRequest,
  marketplaceId: string | undefined,
  defaultLocale: string,
  authenticate: Authenticate,
): Promise<Context> {
  const base = {
    marketplaceId: marketplaceId ?? '',
    locale: localeOf(request, defaultLocale),
    requestId: request.id,
    ...idempotencyKeyOf(request),
  };
  const token = marketplaceId === undefined ? undefined : tokenOf(request);
  if (token !== undefined) {
    const found = await authenticate({ token }, { ...base, actor: { kind: 'service', service: 'edge' } });
    if (found !== null) return { ...base, actor: { kind: 'member', ...found } as Context['actor'] };
    if (request.headers.authorization !== undefined) throw commonErrors.UNAUTHENTICATED({});
  }
  const guestId = request.headers['x-guest-token'] ?? cookieOf(request, 'plaza_guest');
  const isUsable = typeof guestId === 'string' && /^[\w-]{16,128}$/.test(guestId);
  return { ...base, actor: isUsable ? { kind: 'guest', guestId } : { kind: 'guest' } };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What the request tells of the visit. Global Privacy Control: https://w3c.github.io/gpc/#the-sec-gpc-header-field-for-http-requests,
 * Do Not Track: https://www.w3.org/TR/tracking-dnt/#dnt-header-field.
 */
export function visitOf(request: Pick<FastifyRequest, 'headers'>): Visit {
  const { headers } = request;
  const visitorId = headers['x-visitor-id'] ?? cookieOf(request, 'plaza_visitor');
  const userAgent = headers['user-agent'];
  return {
    ...(typeof visitorId === 'string' && UUID.test(visitorId) ? { visitorId: visitorId.toLowerCase() } : {}),
    ...(userAgent === undefined ? {} : { userAgent }),
    isTrackingRefused: headers['sec-gpc'] === '1' || headers.dnt === '1',
  };
}

/** What the caller calls itself, for a session that begins. */
export function deviceOf({ headers }: Pick<FastifyRequest, 'headers'>): { device?: string } {
  const userAgent = headers['user-agent'];
  return userAgent === undefined ? {} : { device: userAgent.slice(0, DEVICE_MAX) };
}

/** Whether the answer may depend on who asks. */
export function isAnonymous(request: FastifyRequest): boolean {
  return request.headers.authorization === undefined && cookieOf(request, 'plaza_session') === undefined;
}

function tokenOf(request: FastifyRequest): string | undefined {
  const match = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '');
  if (match?.[1] !== undefined) return match[1];
  if (request.headers.authorization !== undefined) throw commonErrors.UNAUTHENTICATED({});
  const token = cookieOf(request, 'plaza_session');
  // A cookie is sent by the browser whoever asked it to; a write must come from our own pages.
  if (token !== undefined && !SAFE_METHODS.has(request.method) && isCrossSite(request)) throw httpFaults.crossSite();
  return token;
}

function isCrossSite(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (typeof origin === 'string') return URL.parse(origin)?.host !== host;
  const site = request.headers['sec-fetch-site'];
  return site !== 'same-origin' && site !== 'none';
}

export function cookieOf(request: Pick<FastifyRequest, 'headers'>, name: string): string | undefined {
  const header = request.headers.cookie;
  if (header === undefined) return undefined;
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return decoded(pair.slice(at + 1).trim());
  }
  return undefined;
}

/** A cookie's value; what is not well encoded stands for itself and will not be found valid. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The language the caller asks for first. */
export function localeOf(request: Pick<FastifyRequest, 'headers'>, fallback: string): string {
  const match = /^\s*([a-z]{2})\b/i.exec(request.headers['accept-language'] ?? '');
  return match?.[1]?.toLowerCase() ?? fallback;
}

function idempotencyKeyOf(request: FastifyRequest): { idempotencyKey?: string } {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return {};
  if (typeof key !== 'string' || !/^[\x21-\x7e]{16,255}$/.test(key)) {
    throw invalidInput([
      {
        pointer: '/Idempotency-Key',
        code: 'header',
        detail: 'must be 16 to 255 visible ASCII characters; a UUID is right',
      },
    ]);
  }
  return { idempotencyKey: key };
}
