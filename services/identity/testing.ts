import { createHmac } from 'node:crypto';
import type { Context } from '@plaza/kernel';
import type { TestHost } from '@plaza/runtime/testing';
import type { identityContract } from './contract.ts';

const PASSWORD = 'correct horse battery';

/** Somebody who signed up: their token, and the context that the token gives. Tests say only what matters. */
export async function signUp(host: TestHost, { email = 'ada@example.com', marketplaceId = 'bazaar' } = {}) {
  const identity = host.client<typeof identityContract>('identity');
  const { token, member } = await identity.signUp(
    { email, password: PASSWORD, displayName: 'Ada' },
    host.guest({ marketplaceId }),
  );
  return { identity, token, member, email, password: PASSWORD, context: await contextOf(host, token, marketplaceId) };
}

/** The context of a request that carries this token. */
export async function contextOf(host: TestHost, token: string, marketplaceId = 'bazaar'): Promise<Context> {
  const identity = host.client<typeof identityContract>('identity');
  const caller = await identity.authenticate({ token }, host.service({ marketplaceId }));
  if (caller === null) throw new Error('the token is not one of this marketplace');
  const { userId: _userId, email: _email, ...actor } = caller;
  return { ...host.guest({ marketplaceId }), actor: { kind: 'member', ...actor } };
}

/** The token in the link of the newest mail to `to`. */
export async function linkToken(host: TestHost, to: string, page: string): Promise<string> {
  const letter = (await host.mailbox()).find((each) => each.to === to && each.text.includes(`/${page}?token=`));
  const token = /\?token=(\S+)/.exec(letter?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`no mail to ${to} leads to ${page}`);
  return decodeURIComponent(token);
}

/**
 * What an authenticator shows: TOTP of RFC 6238 with SHA-1, 30 seconds, six digits. The one after it (`ahead`) is good
 * too, for clocks that differ, and saves a test that needs two the wait.
 */
export function totpCode(uri: string, { ahead = 0 } = {}): string {
  const secret = base32(new URL(uri).searchParams.get('secret') ?? '');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) as number) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function base32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
