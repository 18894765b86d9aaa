import type { Storage } from './storage.ts';

/** How long the link to a file that was made for somebody works, in seconds. */
const LINK_SECONDS = 3_600;

/** A kept file as an answer of the API: a signed link under the name it is saved by, and when it stops working. */
export function fileLink(
  storage: Pick<Storage, 'signedUrl'>,
  now: Date,
  { key, ...file }: { readonly key: string; readonly filename: string; readonly contentType: string },
): { url: string; filename: string; expireTime: string } {
  return {
    url: storage.signedUrl(key, { expiresInSeconds: LINK_SECONDS, ...file }),
    filename: file.filename,
    expireTime: new Date(now.getTime() + LINK_SECONDS * 1000).toISOString(),
  };
}
