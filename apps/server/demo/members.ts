import type { Context, MemberId, Role } from '@plaza/kernel';
import type { DemoStore } from './content/index.ts';

type DemoMember = { readonly email: string; readonly displayName: string; readonly roles: readonly Role[] };

/** What seeding needs of identity: members with the demo's password, the same for the same address. */
export type DemoIdentity = {
  createDemoMembers(
    input: { members: DemoMember[] },
    context: Context,
  ): Promise<{ items: readonly { readonly email: string; readonly memberId: MemberId }[] }>;
};

/** The accounts the sign-in page offers; the same in each marketplace. */
const ACCOUNTS: readonly DemoMember[] = [
  { email: 'buyer@demo.test', displayName: 'Bea Buyer', roles: ['buyer'] },
  { email: 'seller@demo.test', displayName: 'Sam Seller', roles: ['buyer', 'seller'] },
  { email: 'moderator@demo.test', displayName: 'Mo Moderator', roles: ['buyer', 'moderator'] },
  { email: 'admin@demo.test', displayName: 'Ada Admin', roles: ['buyer', 'admin'] },
];

/** The four demo accounts and the people behind the stores. */
export async function seedMembers(identity: DemoIdentity, context: Context, stores: readonly DemoStore[]) {
  const owners = stores.flatMap(({ slug, owner }) =>
    owner === undefined
      ? []
      : [{ email: `${slug}@demo.test`, displayName: owner, roles: ['buyer', 'seller'] satisfies Role[] }],
  );
  const { items } = await identity.createDemoMembers({ members: [...ACCOUNTS, ...owners] }, context);
  const memberOf = (email: string): MemberId => {
    const found = items.find((item) => item.email === email);
    if (found === undefined) throw new Error(`the demo member ${email} was not made`);
    return found.memberId;
  };
  return {
    buyerId: memberOf('buyer@demo.test'),
    adminId: memberOf('admin@demo.test'),
    ownerOf: ({ slug, owner }: DemoStore) => memberOf(owner === undefined ? 'seller@demo.test' : `${slug}@demo.test`),
  };
}
