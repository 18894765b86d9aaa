import type { identityContract } from '@plaza/identity/contract';
import type { Client, Context, MemberId, Role } from '@plaza/kernel';
import type { DemoStore } from './content/index.ts';
import { orNothing } from './or-nothing.ts';

/** What seeding needs of identity. */
export type DemoIdentity = Pick<Client<typeof identityContract>, 'createDemoMembers' | 'signUp' | 'signIn'>;

/** Also the password of the four demo accounts, which identity makes. */
const PASSWORD = 'plaza-demo';

export type DemoAccounts = { readonly [Name in Role]: MemberId };

/** The accounts the sign-in page offers, by role. */
export async function demoAccounts(identity: DemoIdentity, context: Context): Promise<DemoAccounts> {
  const { items } = await identity.createDemoMembers({}, context);
  return Object.fromEntries(items.map(({ role, memberId }) => [role, memberId])) as DemoAccounts;
}

/** The person behind a store: an account of its own, signed up now unless an interrupted start already did. */
export async function ownerOf(
  store: DemoStore,
  { identity, context, accounts }: { identity: DemoIdentity; context: Context; accounts: DemoAccounts },
): Promise<MemberId> {
  if (store.owner === undefined) return accounts.seller;
  const email = `${store.slug}@demo.test`;
  const signedUp = await orNothing(
    'EMAIL_TAKEN',
    identity.signUp({ email, password: PASSWORD, displayName: store.owner }, context),
  );
  const answer = signedUp ?? (await identity.signIn({ email, password: PASSWORD }, context));
  if (answer.state !== 'SIGNED_IN') throw new Error(`the demo account ${email} asks for a second step; delete it`);
  return answer.member.id;
}
