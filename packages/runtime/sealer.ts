import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what is kept. What is bound to something (`boundTo`) opens only as its own. */
export type Sealer = {
  seal(content: unknown, boundTo?: string): string;
  /** @throws when the text was sealed by another key, is bound to something else, or was changed */
  open(sealed: string, boundTo?: string): unknown;
};

/**
 * AES-256-GCM under a key of the installation's secret (HKDF, RFC 5869), one for each use: nonce, tag, text. The key is
 * not in the database, so that a copy of that tells nothing.
 */
export function createSealer(signingKey: string, use: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', signingKey, '', use, 32));
  return {
    seal(content, boundTo = '') {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(boundTo));
      const text = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(sealed, boundTo = '') {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAAD(Buffer.from(boundTo));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return JSON.parse(text.toString('utf8'));
    },
  };
}
