import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts what is kept, with a key that is not in the database. */
export type Sealer = { seal(content: unknown): string; open(sealed: string): unknown };

/** AES-256-GCM under a key of the installation's secret (HKDF, RFC 5869), one for each use: nonce, tag, text. */
export function createSealer(signingKey: string, use: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', signingKey, '', use, 32));
  return {
    seal(content) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'));
    },
  };
}
