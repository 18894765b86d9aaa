import { createHmac, timingSafeEqual } from 'node:crypto';

/** One thing that may be done, to one thing, by whoever holds the token: all of it is covered by the signature. */
export type Access = {
  /** What it opens, e.g. `orders.guest-access`: a token for one purpose is none for another. */
  readonly purpose: string;
  readonly marketplaceId: string;
  /** The id of the one thing. */
  readonly subject: string;
};

/**
 * A token that gives access until `expireTime`: the second it expires (base 36), a dot, and the HMAC-SHA-256 of it all.
 * It is a secret: it may stand in a mail and in the fragment of a link, never in a path, a query or a log.
 */
export function signAccess(access: Access, expireTime: Date, signingKey: string): string {
  const expires = Math.floor(expireTime.getTime() / 1000).toString(36);
  return `${expires}.${macOf(access, expires, signingKey).toString('base64url')}`;
}

/** Whether a token gives this access at `now`. `expired` only when it was genuine: whoever holds it may be told so. */
export function checkAccess(
  access: Access,
  token: string,
  signingKey: string,
  now: Date,
): 'valid' | 'expired' | 'forged' {
  const [expires = '', given = '', ...rest] = token.split('.');
  const right = macOf(access, expires, signingKey);
  const mac = Buffer.from(given, 'base64url');
  if (rest.length > 0 || mac.length !== right.length || !timingSafeEqual(mac, right)) return 'forged';
  return Number.parseInt(expires, 36) * 1000 > now.getTime() ? 'valid' : 'expired';
}

function macOf({ purpose, marketplaceId, subject }: Access, expires: string, signingKey: string): Buffer {
  return createHmac('sha256', signingKey)
    .update(`access\n${purpose}\n${marketplaceId}\n${subject}\n${expires}`)
    .digest();
}
