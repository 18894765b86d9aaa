import type { Readable } from 'node:stream';

export type StoredFile = { readonly size: number; readonly sha256: string };

/** Files by key (`listing-image/…/original`). Keys that begin with `public/` may be read by anyone at `publicUrl`. */
export type Storage = {
  put(key: string, content: Readable | Buffer, options: { contentType: string }): Promise<StoredFile>;
  /** @throws NOT_FOUND when there is no such file. */
  get(key: string): Promise<Readable>;
  delete(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  size(key: string): Promise<number>;
  /** A link to a private file that works for a while. Path only (`/files/…`), valid on every host. */
  signedUrl(key: string, options: { expiresInSeconds: number; filename?: string; contentType?: string }): string;
  /** Where a client may PUT one file, of this type and at most this size, for a while. */
  signedUploadUrl(key: string, options: { expiresInSeconds: number; contentType: string; maxBytes: number }): string;
  publicUrl(key: string): string;
};
