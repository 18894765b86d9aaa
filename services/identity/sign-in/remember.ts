import { createHmac, hkdfSync } from 'node:crypto';
import type { Call, Handler, Operation } from '@plaza/kernel';
import { createSealer, type Database, inSteps } from '@plaza/runtime';
import type { z } from 'zod';

type Answer<O> = O extends Operation<infer _I, infer Out> ? z.input<Out> : never;

/** Names the key that is made for it of the installation's. */
const USE = 'identity remembered answers';

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
  const key = Buffer.from(hkdfSync('sha256', signingKey, '', USE, 32));
  const sealer = createSealer(signingKey, USE);
  const handle = async (call: { input: Record<string, unknown>; context: Call<O>['context'] }): Promise<unknown> => {
    const blurred = Object.fromEntries(
      Object.entries(call.input).map(([field, value]) => [
        field,
        SECRET_FIELDS.includes(field) ? createHmac('sha256', key).update(String(value)).digest('hex') : value,
      ]),
    );
    const remembered = inSteps(database, operation, (async () => sealer.seal(await work(call as Call<O>))) as never);
    const sealed = await (remembered as unknown as (call: unknown) => Promise<string>)({ ...call, input: blurred });
    return sealer.open(sealed);
  };
  return handle as unknown as Handler<O>;
}
