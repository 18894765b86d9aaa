import { type Context, type MemberId, requireMember } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import type { Me, SignedIn } from '../contract.ts';
import { errors } from '../errors.ts';
import type { SignIn } from '../sign-in/auth.ts';
import { translated } from '../sign-in/faults.ts';
import { findMe } from '../store/member.ts';
import { findSessionByToken, findToken } from '../store/session.ts';

/** What the operations stand on. `signInOf`: better-auth of one marketplace, which the first who needs it waits for. */
export type Dependencies = {
  readonly platform: Platform;
  readonly signInOf: (marketplaceId: string) => Promise<SignIn>;
};

/** Headers by which better-auth knows the member who calls. Their session must be one of this marketplace. */
async function headersOf({ platform }: Dependencies, context: Context): Promise<Headers> {
  const { memberId, sessionId } = requireMember(context);
  const queries = platform.database.read(context.marketplaceId);
  const token = sessionId === undefined ? undefined : await findToken(queries, memberId, sessionId);
  if (token === undefined) throw errors.SESSION_NOT_FOUND({});
  return onDevice(context, { authorization: `Bearer ${token}` });
}

/**
 * Has better-auth check a password or a code of the member who calls. Each try is counted, and forgotten with those before it
 * once one was right.
 */
export async function proven<Answer>(
  dependencies: Dependencies,
  context: Context,
  kind: 'password' | 'code',
  check: (auth: SignIn['auth'], headers: Headers) => Promise<Answer>,
): Promise<Answer> {
  const { auth, attempts } = await dependencies.signInOf(context.marketplaceId);
  const { memberId } = requireMember(context);
  await attempts.count(kind, memberId);
  const headers = await headersOf(dependencies, context);
  const answer = await translated(() => check(auth, headers));
  await attempts.forget(kind, memberId);
  return answer;
}

/** Headers by which better-auth notes the device of a session that begins. */
export function onDevice({ device }: Context, more: Readonly<Record<string, string>> = {}): Headers {
  return new Headers({ ...more, ...(device === undefined ? {} : { 'user-agent': device }) });
}

/** The member, as they see themselves. */
export async function getMe({ platform }: Dependencies, marketplaceId: string, memberId: MemberId): Promise<Me> {
  const me = await findMe(platform.database.read(marketplaceId), marketplaceId, memberId);
  if (me === undefined) throw errors.MEMBER_NOT_FOUND({});
  return me;
}

/** The answer to every way of signing in: the token, until when it is good, and who one is. */
export async function signedIn(dependencies: Dependencies, marketplaceId: string, token: string): Promise<SignedIn> {
  const session = await findSessionByToken(dependencies.platform.database.read(marketplaceId), token);
  if (session === undefined) throw errors.SESSION_NOT_FOUND({});
  const member = await getMe(dependencies, marketplaceId, session.memberId);
  return { state: 'SIGNED_IN', token, expiresTime: session.expiresTime, member };
}
