import { idSchema, operation, PageQuery, pageOf, Role, VerificationLevel } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { examples, Member, MemberCard } from './schemas.ts';

/** Members as operators and other services see them. */
export const membersContract = {
  listMembers: operation({
    summary: 'Lists members, newest first, or those whose e-mail address begins with `email`',
    access: ['admin'],
    route: { method: 'GET', path: '/members' },
    input: z.object({ ...PageQuery, email: z.string().min(1).max(254).optional(), role: Role.optional() }),
    output: pageOf(Member),
    example: { input: { limit: 20, email: 'ada' }, output: { items: [examples.member], nextCursor: null } },
  }),
  getMember: operation({
    summary: 'Returns a member',
    access: ['admin'],
    route: { method: 'GET', path: '/members/{memberId}' },
    input: z.object({ memberId: idSchema('member') }),
    output: Member,
    errors: [errors.MEMBER_NOT_FOUND],
    example: { input: { memberId: examples.member.id }, output: examples.member },
  }),
  setMemberRoles: operation({
    summary: "Sets a member's roles; everybody stays a buyer",
    access: ['admin'],
    route: { method: 'PUT', path: '/members/{memberId}/roles' },
    input: z.object({ memberId: idSchema('member'), roles: z.array(Role).max(4), expectedVersion: z.int().optional() }),
    output: Member,
    errors: [errors.MEMBER_NOT_FOUND, errors.LAST_ADMIN],
    idempotent: true,
    example: {
      input: { memberId: examples.member.id, roles: ['buyer', 'seller'] },
      output: { ...examples.member, roles: ['buyer', 'seller'], version: 2 },
    },
  }),
  grantRole: operation({
    summary: 'Gives a member one more role; nothing changes for one who has it',
    access: ['admin'],
    route: { method: 'POST', path: '/members/{memberId}/roles' },
    input: z.object({ memberId: idSchema('member'), role: Role }),
    output: Member,
    errors: [errors.MEMBER_NOT_FOUND],
    idempotent: true,
    example: {
      input: { memberId: examples.member.id, role: 'seller' },
      output: { ...examples.member, roles: ['buyer', 'seller'], version: 2 },
    },
  }),
  grantRoleByEmail: operation({
    summary:
      'Gives one more role to the member who has shown that this address is theirs: how the first admin comes about',
    access: 'service',
    input: z.object({ email: z.email().max(254), role: Role }),
    output: Member,
    errors: [errors.MEMBER_NOT_FOUND, errors.EMAIL_NOT_VERIFIED],
    idempotent: true,
    example: {
      input: { email: 'ada@example.com', role: 'admin' },
      output: { ...examples.member, roles: ['buyer', 'admin'], version: 2 },
    },
  }),
  authenticate: operation({
    summary: 'Tells whose session a token is, in this marketplace; null when it is none or has ended',
    access: 'service',
    input: z.object({ token: z.string().max(500) }),
    output: z
      .object({
        memberId: idSchema('member'),
        roles: z.array(Role),
        sessionId: z.string(),
        verificationLevel: VerificationLevel,
        confirmedTime: z.iso.datetime().meta({ description: 'When the session last showed that it is the member.' }),
        userId: z.string(),
        email: z.string().optional(),
      })
      .nullable(),
    example: {
      input: { token: examples.token },
      output: {
        memberId: examples.member.id,
        roles: ['buyer'],
        sessionId: examples.session.id,
        verificationLevel: 1,
        confirmedTime: '2026-11-21T08:00:00.000Z',
        userId: '0199f86e-a1e0-7178-bb82-7ca9a4b2b8c7',
        email: 'ada@example.com',
      },
    },
  }),
  getMembers: operation({
    summary: 'Returns what to show of, and how to reach, up to 200 members; unknown ids are left out',
    access: 'service',
    input: z.object({ memberIds: z.array(idSchema('member')).max(200) }),
    output: z.object({ items: z.array(MemberCard) }),
    example: {
      input: { memberIds: [examples.member.id] },
      output: {
        items: [
          {
            id: examples.member.id,
            displayName: 'Ada',
            avatarUrl: null,
            email: 'ada@example.com',
            phone: null,
            locale: 'en',
          },
        ],
      },
    },
  }),
  createDemoMembers: operation({
    summary: 'Makes the four accounts of a demo in this marketplace; those that exist stay',
    access: 'service',
    input: z.object({}),
    output: z.object({ items: z.array(z.object({ role: Role, email: z.string(), memberId: idSchema('member') })) }),
    errors: [errors.DEMO_OFF],
    example: {
      input: {},
      output: { items: [{ role: 'buyer', email: 'buyer@demo.test', memberId: examples.member.id }] },
    },
  }),
};
