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
  const letters = await host.mailbox();
  const letter = letters.find((each) => each.to === to && each.text.includes(`/${page}?token=`));
  const token = /\?token=(\S+)/.exec(letter?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`no mail to ${to} leads to ${page}`);
  return decodeURIComponent(token);
}
