import { type Id, invariant } from '@plaza/kernel';
import type { Database, Platform } from '@plaza/runtime';
import { memberEmailVerified, memberJoined, memberPasswordReset } from '../events.ts';
import { findMemberId, insertMember } from '../store/member.ts';
import { getUser } from '../store/session.ts';

/** Addresses of accounts made without one. `.invalid` never receives mail (RFC 2606). */
export const NO_ADDRESS = /\.invalid$/;

/** The member that a person is in a marketplace; the first sign-in makes them one, with the role buyer. */
export async function ensureMember(
  { database }: Pick<Platform, 'database'>,
  marketplaceId: string,
  userId: string,
  locale: string,
): Promise<Id<'member'>> {
  const found = await findMemberId(database.read(marketplaceId), marketplaceId, userId);
  if (found !== undefined) return found;
  return database.transaction(marketplaceId, async (tx) => {
    const user = await getUser(tx, userId);
    const made = await insertMember(tx, {
      userId,
      displayName: user.name.trim().slice(0, 60) || '•',
      avatarUrl: user.image,
      email: NO_ADDRESS.test(user.email) ? null : user.email,
      locale,
    });
    // Two first sign-ins at once: the other one made the member.
    if (made === undefined) {
      const other = await findMemberId(tx, marketplaceId, userId);
      invariant(other !== undefined, 'a user who is a member of the marketplace has a member id');
      return other;
    }
    await tx.announce(memberJoined, made, { memberId: made, locale });
    return made;
  });
}

/** Tells the member, where they are one, that their password is new. */
export async function notePasswordReset(database: Database, marketplaceId: string, userId: string): Promise<void> {
  await database.transaction(marketplaceId, async (tx) => {
    const memberId = await findMemberId(tx, marketplaceId, userId);
    if (memberId !== undefined) await tx.announce(memberPasswordReset, memberId, { memberId });
  });
}

/** Tells that a member's address is theirs, where the person is a member and has shown it. */
export async function noteEmailVerified(database: Database, marketplaceId: string, userId: string): Promise<void> {
  const { email, email_verified: isVerified } = await getUser(database.read(marketplaceId), userId);
  if (!isVerified || NO_ADDRESS.test(email)) return;
  await database.transaction(marketplaceId, async (tx) => {
    const memberId = await findMemberId(tx, marketplaceId, userId);
    if (memberId !== undefined) await tx.announce(memberEmailVerified, memberId, { memberId, email });
  });
}
