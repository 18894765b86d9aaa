import { accountContract } from './contract/account.ts';
import { membersContract } from './contract/members.ts';
import { signInContract } from './contract/sign-in.ts';

export {
  Address,
  Me,
  Member,
  MemberCard,
  PostalAddress,
  SignedIn,
  SignInAnswer,
  TotpRequired,
} from './contract/schemas.ts';

/** Who people are, how they come in, and what they may do in a marketplace. */
export const identityContract = { ...signInContract, ...accountContract, ...membersContract };
