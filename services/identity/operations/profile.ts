import { type Handler, requireMember, requireVersion } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { accountContract } from '../contract/account.ts';
import { errors } from '../errors.ts';
import { findMe, findMember, saveProfile } from '../store/member.ts';
import { type Dependencies, getMe as getMeOf } from './dependencies.ts';

export function getMe(dependencies: Dependencies): Handler<typeof accountContract.getMe> {
  return async ({ context }) => getMeOf(dependencies, context.marketplaceId, requireMember(context).memberId);
}

export function updateMe({ platform }: Dependencies): Handler<typeof accountContract.updateMe> {
  return inTransaction(platform.database, accountContract.updateMe, async ({ input, context, tx }) => {
    const { memberId } = requireMember(context);
    await findMember(tx, tx.marketplaceId, memberId, { isLocked: true });
    const me = await findMe(tx, tx.marketplaceId, memberId);
    if (me === undefined) throw errors.MEMBER_NOT_FOUND({});
    requireVersion(me, input.expectedVersion);
    const { displayName = me.displayName, avatarUrl = me.avatarUrl, locale = me.locale } = input;
    await saveProfile(tx, memberId, { displayName, avatarUrl, locale });
    return { ...me, displayName, avatarUrl, locale, version: me.version + 1 };
  });
}
