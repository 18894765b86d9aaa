import { type Actor, type Handler, type MemberId, type Role, requireVersion } from '@plaza/kernel';
import { inTransaction, type Transaction } from '@plaza/runtime';
import { membersContract } from '../contract/members.ts';
import type { Member } from '../contract.ts';
import { rolesFrom } from '../domain/roles.ts';
import { errors } from '../errors.ts';
import { memberRolesChanged } from '../events.ts';
import * as store from '../store/member.ts';
import type { Dependencies } from './dependencies.ts';

export function getMember({ platform }: Dependencies): Handler<typeof membersContract.getMember> {
  return async ({ input, context }) => {
    const queries = platform.database.read(context.marketplaceId);
    const member = await store.findMember(queries, context.marketplaceId, input.memberId);
    if (member === undefined) throw errors.MEMBER_NOT_FOUND({});
    return member;
  };
}

export function getMembers({ platform }: Dependencies): Handler<typeof membersContract.getMembers> {
  return async ({ input, context }) => ({
    items: await store.listMemberCards(
      platform.database.read(context.marketplaceId),
      context.marketplaceId,
      input.memberIds,
    ),
  });
}

export function listMembers({ platform }: Dependencies): Handler<typeof membersContract.listMembers> {
  return async ({ input, context }) =>
    store.listMembers(platform.database.read(context.marketplaceId), context.marketplaceId, input);
}

export function setMemberRoles({ platform }: Dependencies): Handler<typeof membersContract.setMemberRoles> {
  return inTransaction(platform.database, membersContract.setMemberRoles, async ({ input, context, tx }) => {
    const member = await lockMember(tx, input.memberId);
    requireVersion(member, input.expectedVersion);
    const roles = rolesFrom(input.roles);
    const stepsDown = member.roles.includes('admin') && !roles.includes('admin');
    if (stepsDown && !(await store.hasOtherAdmin(tx, member.id))) throw errors.LAST_ADMIN({});
    return changeRoles(tx, member, roles, context.actor);
  });
}

/** Repeating it changes nothing. */
export function grantRole({ platform }: Dependencies): Handler<typeof membersContract.grantRole> {
  return inTransaction(platform.database, membersContract.grantRole, async ({ input, context, tx }) => {
    const member = await lockMember(tx, input.memberId);
    return changeRoles(tx, member, rolesFrom([...member.roles, input.role]), context.actor);
  });
}

/** Whoever signed up with an address first need not be whose it is: a role is given to who opened the mailed link. */
export function grantRoleByEmail({ platform }: Dependencies): Handler<typeof membersContract.grantRoleByEmail> {
  return inTransaction(platform.database, membersContract.grantRoleByEmail, async ({ input, context, tx }) => {
    const found = await store.findMemberByEmail(tx, input.email);
    if (found === undefined) throw errors.MEMBER_NOT_FOUND({});
    if (!found.isEmailVerified) throw errors.EMAIL_NOT_VERIFIED({});
    const member = await lockMember(tx, found.memberId);
    return changeRoles(tx, member, rolesFrom([...member.roles, input.role]), context.actor);
  });
}

async function lockMember(tx: Transaction, memberId: MemberId): Promise<Member> {
  const member = await store.findMember(tx, tx.marketplaceId, memberId, { isLocked: true });
  if (member === undefined) throw errors.MEMBER_NOT_FOUND({});
  return member;
}

async function changeRoles(tx: Transaction, member: Member, roles: Role[], actor: Actor): Promise<Member> {
  if (roles.join() === rolesFrom(member.roles).join()) return member;
  const changed = await store.saveRoles(tx, member.id, roles);
  await tx.announce(memberRolesChanged, member.id, { memberId: member.id, roles, version: changed.version });
  await tx.audit({ action: 'member.roles-set', subject: member.id, actor, details: { from: member.roles, to: roles } });
  return changed;
}
