/** The session token, readable by servers only. */
export const SESSION_COOKIE = 'plaza_session';
/** What a guest's cart belongs to. */
export const GUEST_COOKIE = 'plaza_guest';
export const CART_COOKIE = 'plaza_cart';
/** By what a visitor agreed to be remembered; the API reads it too. */
export const VISITOR_COOKIE = 'plaza_visitor';
/** What the visitor answered to that question: `allowed` or `refused`. */
export const CONSENT_COOKIE = 'plaza_consent';
export const LANGUAGE_COOKIE = 'plaza_lang';
/** `light` or `dark`; absent: as the device or the marketplace prefers. */
export const SCHEME_COOKIE = 'plaza_scheme';

/** No `secure`: the demo runs on http://*.localhost. A proxy in front of a real host adds it. */
export const COOKIE = { path: '/', sameSite: 'lax', maxAge: 60 * 60 * 24 * 365 } as const;
export const PRIVATE_COOKIE = {
  ...COOKIE,
  httpOnly: true,
  secure: process.env.PLAZA_PUBLIC_URL?.startsWith('https:') === true,
  maxAge: 60 * 60 * 24 * 30,
} as const;

/** A request header of the server in front: the marketplace of the host, or nothing where the host shows all of them. */
export const MARKETPLACE_HEADER = 'x-marketplace';
/** A request header that the proxy sets: the language of the address. */
export const LANGUAGE_HEADER = 'x-plaza-language';
/** A request header of the server in front: there is no such page, so answer with the one that says so. */
export const MISSING_HEADER = 'x-plaza-missing';
