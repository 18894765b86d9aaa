import { defineEvent, idSchema, Role } from '@plaza/kernel';
import { z } from 'zod';

/** Somebody signed in to a marketplace for the first time and is now one of its members. */
export const memberJoined = defineEvent({
  type: 'member.joined',
  summary: 'Somebody became a member of a marketplace, with the role buyer.',
  data: z.object({ memberId: idSchema('member'), locale: z.string() }),
});

/** A member's roles are now these. */
export const memberRolesChanged = defineEvent({
  type: 'member.roles-changed',
  summary: "A member's roles changed. Compare versions: the highest is what holds.",
  data: z.object({ memberId: idSchema('member'), roles: z.array(Role), version: z.int() }),
});

/** The e-mail address behind a member is known to be theirs. Told when it is shown, and again at each sign-in after. */
export const memberEmailVerified = defineEvent({
  type: 'member.email-verified',
  summary: 'A member’s e-mail address is theirs: they opened the mailed link, or signed in having done so before.',
  data: z.object({ memberId: idSchema('member'), email: z.string() }),
});

/** The password behind a member's account was set anew; all sessions ended. */
export const memberPasswordReset = defineEvent({
  type: 'member.password-reset',
  summary: 'A member set a new password by a reset link. Every session of the account ended.',
  data: z.object({ memberId: idSchema('member') }),
});

/** Two-step sign-in was turned on or off. */
export const memberTotpChanged = defineEvent({
  type: 'member.totp-changed',
  summary: 'A member turned two-step sign-in on or off.',
  data: z.object({ memberId: idSchema('member'), isEnabled: z.boolean() }),
});

export const identityEvents = [
  memberJoined,
  memberEmailVerified,
  memberRolesChanged,
  memberPasswordReset,
  memberTotpChanged,
] as const;
