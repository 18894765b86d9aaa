import { type Handler, type MemberId, Role } from '@plaza/kernel';
import type { membersContract } from '../contract/members.ts';
import { rolesFrom } from '../domain/roles.ts';
import { errors } from '../errors.ts';
import { memberRolesChanged } from '../events.ts';
import { ensureMember } from '../sign-in/join.ts';
import { findMember, saveRoles } from '../store/member.ts';
import type { Dependencies } from './dependencies.ts';

export const DEMO_PASSWORD = 'plaza-demo';
export const DEMO_ROLES = Role.options;

export function demoEmail(role: Role): string {
  return `${role}@demo.test`;
}

const NAMES: Readonly<Record<Role, string>> = {
  buyer: 'Bo Buyer',
  seller: 'Sam Seller',
  moderator: 'Mo Moderator',
  admin: 'Ada Admin',
};

/** Makes the demo's accounts; what exists stays as it is. Nothing but a demo has people with a known password. */
export function createDemoMembers(dependencies: Dependencies): Handler<typeof membersContract.createDemoMembers> {
  const { platform } = dependencies;
  return async ({ context: { marketplaceId } }) => {
    if (platform.environment.PLAZA_DEMO !== 'on') throw errors.DEMO_OFF({});
    const locale = platform.marketplaces.get(marketplaceId).locales[0] ?? 'en';
    const { auth } = await dependencies.signInOf(marketplaceId);
    const items = [];
    for (const role of DEMO_ROLES) {
      const userId = await ensureAccount(auth, role);
      const memberId = await ensureMember(platform, marketplaceId, userId, locale);
      await ensureRole(dependencies, marketplaceId, memberId, role);
      items.push({ role, email: demoEmail(role), memberId });
    }
    return { items };
  };
}

type Auth = Awaited<ReturnType<Dependencies['signInOf']>>['auth'];

async function ensureAccount(auth: Auth, role: Role): Promise<string> {
  const { internalAdapter, password } = await auth.$context;
  const email = demoEmail(role);
  const known = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
  const user =
    known?.user ??
    (await internalAdapter.createUser({ email, name: NAMES[role], emailVerified: true }, { method: 'email-password' }));
  // A start that was killed between the two leaves a person without a password.
  if (known?.accounts.some(({ providerId }) => providerId === 'credential') !== true) {
    const hash = await password.hash(DEMO_PASSWORD);
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: hash,
    });
  }
  return user.id;
}

async function ensureRole(
  { platform }: Dependencies,
  marketplaceId: string,
  memberId: MemberId,
  role: Role,
): Promise<void> {
  await platform.database.transaction(marketplaceId, async (tx) => {
    const member = await findMember(tx, marketplaceId, memberId, { isLocked: true });
    if (member === undefined || member.roles.includes(role)) return;
    const roles = rolesFrom([...member.roles, role]);
    const { version } = await saveRoles(tx, memberId, roles);
    await tx.announce(memberRolesChanged, memberId, { memberId, roles, version });
  });
}
