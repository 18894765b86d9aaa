import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Call, Handler, Operation } from '@plaza/kernel';
import { type Database, inSteps } from '@plaza/runtime';
import type { z } from 'zod';

type Answer<O> = O extends Operation<infer _I, infer Out> ? z.input<Out> : never;

const SECRET_FIELDS = ['password', 'newPassword', 'currentPassword', 'token', 'code', 'challenge'];

/**
 * Like `inSteps`, for operations whose input or answer is secret: what is kept for a repeat holds passwords only as a
 * keyed hash, and the answer (tokens, backup codes) encrypted. The key is the installation's, not in the database.
 */
export function inSecretSteps<O extends Operation>(
  database: Database,
  signingKey: string,
  operation: O,
  work: (call: Call<O>) => Promise<Answer<O>>,
): Handler<O> {
  const key = Buffer.from(hkdfSync('sha256', signingKey, '', 'identity remembered answers', 32));
  const handle = async (call: { input: Record<string, unknown>; context: Call<O>['context'] }): Promise<unknown> => {
    const blurred = Object.fromEntries(
      Object.entries(call.input).map(([field, value]) => [
        field,
        SECRET_FIELDS.includes(field) ? createHmac('sha256', key).update(String(value)).digest('hex') : value,
      ]),
    );
    const remembered = inSteps(database, operation, (async () => seal(key, await work(call as Call<O>))) as never);
    const sealed = await (remembered as unknown as (call: unknown) => Promise<string>)({ ...call, input: blurred });
    return unseal(key, sealed);
  };
  return handle as unknown as Handler<O>;
}

/** AES-256-GCM: nonce, tag, text. */
function seal(key: Buffer, answer: unknown): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
}

function unseal(key: Buffer, sealed: string): unknown {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'));
}
