import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed link allows; everything in it is covered by the signature. */
export type Grant = {
  readonly method: 'GET' | 'PUT';
  readonly key: string;
  readonly expires: number;
  readonly filename?: string;
  readonly contentType?: string;
  readonly maxBytes?: number;
};

/** A link path that carries a grant and its HMAC-SHA-256. */
export function signGrant(grant: Grant, signingKey: string): string {
  const parameters = new URLSearchParams({ method: grant.method, expires: String(grant.expires) });
  if (grant.filename !== undefined) parameters.set('filename', grant.filename);
  if (grant.contentType !== undefined) parameters.set('type', grant.contentType);
  if (grant.maxBytes !== undefined) parameters.set('max', String(grant.maxBytes));
  parameters.set('signature', signatureOf(grant.key, parameters, signingKey));
  return `/files/${grant.key.split('/').map(encodeURIComponent).join('/')}?${parameters}`;
}

/** The grant of a link, or undefined when it was not signed by us, was altered, or has expired. */
export function verifyGrant(key: string, query: URLSearchParams, signingKey: string, now: Date): Grant | undefined {
  const parameters = new URLSearchParams(query);
  const given = Buffer.from(parameters.get('signature') ?? '', 'base64url');
  parameters.delete('signature');
  const right = Buffer.from(signatureOf(key, parameters, signingKey), 'base64url');
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const expires = Number(parameters.get('expires'));
  if (!(expires * 1000 > now.getTime())) return undefined;
  const filename = parameters.get('filename');
  const contentType = parameters.get('type');
  const maxBytes = parameters.get('max');
  return {
    method: parameters.get('method') === 'PUT' ? 'PUT' : 'GET',
    key,
    expires,
    ...(filename === null ? {} : { filename }),
    ...(contentType === null ? {} : { contentType }),
    ...(maxBytes === null ? {} : { maxBytes: Number(maxBytes) }),
  };
}

function signatureOf(key: string, parameters: URLSearchParams, signingKey: string): string {
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac('sha256', signingKey)
    .update(`file\n${key}\n${new URLSearchParams(sorted)}`)
    .digest('base64url');
}
