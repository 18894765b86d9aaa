import { type Context, type MemberId, requireMember } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import type { Me, SignedIn } from '../contract.ts';
import { errors } from '../errors.ts';
import type { SignIn } from '../sign-in/auth.ts';
import { findMe } from '../store/member.ts';
import { findSessionByToken, findToken } from '../store/session.ts';

/** What the operations stand on. `signInOf`: better-auth of one marketplace, which the first who needs it waits for. */
export type Dependencies = {
  readonly platform: Platform;
  readonly signInOf: (marketplaceId: string) => Promise<SignIn>;
};

/** Headers by which better-auth knows the member who calls. Their session must be one of this marketplace. */
export async function headersOf({ platform }: Dependencies, context: Context): Promise<Headers> {
  const { memberId, sessionId } = requireMember(context);
  const queries = platform.database.read(context.marketplaceId);
  const token = sessionId === undefined ? undefined : await findToken(queries, memberId, sessionId);
  if (token === undefined) throw errors.SESSION_NOT_FOUND({});
  return onDevice(context, { authorization: `Bearer ${token}` });
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
