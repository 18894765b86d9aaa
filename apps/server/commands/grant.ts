import { Fault, Role, StartProblem, serviceContext } from '@plaza/kernel';
import type { Config } from '../config.ts';
import { publicUrlOf } from '../public-url.ts';
import { say } from './progress.ts';
import { withComposition } from './with-composition.ts';

/** `plaza grant ROLE EMAIL --marketplace ID`: makes a member an admin, a moderator or a seller. Repeating it changes nothing. */
export async function runGrant(
  config: Config,
  role: string | undefined,
  email: string | undefined,
  marketplaceId: string | undefined,
): Promise<void> {
  const wanted = Role.safeParse(role);
  if (!wanted.success || email === undefined || marketplaceId === undefined) {
    throw new StartProblem(
      `Say who becomes what, and where: plaza grant admin ada@example.com --marketplace bazaar\nRoles: ${Role.options.join(', ')}.`,
    );
  }
  await withComposition(config, async ({ clients: { identity }, marketplaces }) => {
    const marketplace = marketplaces.list().find(({ id }) => id === marketplaceId);
    if (marketplace === undefined) throw new StartProblem(`There is no marketplace "${marketplaceId}".`);
    const context = serviceContext('grant', marketplaceId, 'plaza-grant');
    try {
      const { displayName, roles } = await identity.grantRoleByEmail({ email, role: wanted.data }, context);
      say(`${displayName} (${email}) is ${roles.join(', ')} of ${marketplaceId}.`);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const about = ADVICE[error.code] ?? error.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n');
      throw new StartProblem(`${error.message}\n${about.replace('{address}', publicUrlOf(config, marketplace))}`);
    }
  });
}

/** What helps, by the code of the refusal. */
const ADVICE: Readonly<Record<string, string>> = {
  MEMBER_NOT_FOUND: 'Sign up with that address first, at {address}/sign-up.',
  EMAIL_NOT_VERIFIED: 'Open the link in the mail that came with signing up, or ask for another at {address}/account.',
};
