import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { commonErrors, invariant, newUuid } from '@plaza/kernel';
import { signGrant } from './signature.ts';
import type { Storage } from './storage.ts';

/** Files under `folder`, written whole and then named, so that a killed process leaves no half file. */
export function createDiskStorage(folder: string, signingKey: string, clock: () => Date): Storage {
  const pathOf = (key: string): string => {
    const isSafe = /^[a-zA-Z0-9_][a-zA-Z0-9._-]*(\/[a-zA-Z0-9_][a-zA-Z0-9._-]*)*$/.test(key);
    invariant(isSafe, `not a storage key: ${key}`);
    return path.join(folder, key);
  };
  const expiry = (seconds: number): number => Math.floor(clock().getTime() / 1000) + seconds;

  return {
    async put(key, content) {
      const target = pathOf(key);
      await mkdir(path.dirname(target), { recursive: true });
      const part = path.join(folder, `.part-${newUuid()}`);
      const hash = createHash('sha256');
      let size = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          size += chunk.length;
          done(null, chunk);
        },
      });
      try {
        await pipeline(Buffer.isBuffer(content) ? Readable.from([content]) : content, measure, createWriteStream(part));
        await rename(part, target);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      return { size, sha256: hash.digest('hex') };
    },
    async get(key) {
      await this.size(key);
      return createReadStream(pathOf(key));
    },
    delete: (key) => rm(pathOf(key), { force: true }),
    exists: async (key) => (await stat(pathOf(key)).catch(() => null)) !== null,
    async size(key) {
      const found = await stat(pathOf(key)).catch(() => null);
      if (found === null) throw commonErrors.NOT_FOUND({});
      return found.size;
    },
    signedUrl: (key, { expiresInSeconds, ...rest }) =>
      signGrant({ method: 'GET', key, expires: expiry(expiresInSeconds), ...rest }, signingKey),
    signedUploadUrl: (key, { expiresInSeconds, ...rest }) =>
      signGrant({ method: 'PUT', key, expires: expiry(expiresInSeconds), ...rest }, signingKey),
    publicUrl: (key) => `/files/${key}`,
  };
}
