import { type Handler, requireMember } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { accountContract } from '../contract/account.ts';
import type { membersContract } from '../contract/members.ts';
import { errors } from '../errors.ts';
import { endSession, findCaller, listSessions as listFrom } from '../store/session.ts';
import type { Dependencies } from './dependencies.ts';

const done = { isDone: true as const };

/** Whose token this is. On the path of every signed-in request: one statement. */
export function authenticate({ platform }: Dependencies): Handler<typeof membersContract.authenticate> {
  const { database, clock } = platform;
  return async ({ input, context }) => {
    // The cookie of better-auth carries `token.signature`; the random token alone is the secret that is looked up.
    const token = input.token.split('.', 1)[0] as string;
    if (token === '' || token.includes('\0')) return null;
    return (await findCaller(database.read(context.marketplaceId), context.marketplaceId, token, clock())) ?? null;
  };
}

export function listSessions({ platform }: Dependencies): Handler<typeof accountContract.listSessions> {
  return async ({ context }) => {
    const { memberId, sessionId } = requireMember(context);
    const queries = platform.database.read(context.marketplaceId);
    return { items: await listFrom(queries, memberId, sessionId, platform.clock()) };
  };
}

export function signOut({ platform }: Dependencies): Handler<typeof accountContract.signOut> {
  return inTransaction(platform.database, accountContract.signOut, async ({ context, tx }) => {
    const { memberId, sessionId } = requireMember(context);
    // A session that is gone already is as good as one that ends now.
    if (sessionId !== undefined) await endSession(tx, memberId, sessionId);
    return done;
  });
}

export function revokeSession({ platform }: Dependencies): Handler<typeof accountContract.revokeSession> {
  return inTransaction(platform.database, accountContract.revokeSession, async ({ input, context, tx }) => {
    const { memberId } = requireMember(context);
    if (!(await endSession(tx, memberId, input.sessionId))) throw errors.SESSION_NOT_FOUND({});
    return done;
  });
}
