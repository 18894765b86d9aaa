import { type Context, type Handler, requireMember } from '@plaza/kernel';
import { accountContract } from '../contract/account.ts';
import { errors } from '../errors.ts';
import { memberTotpChanged } from '../events.ts';
import { useOnce } from '../sign-in/once.ts';
import { inSecretSteps } from '../sign-in/remember.ts';
import { getUserId } from '../store/session.ts';
import { type Dependencies, getMe, proven, signedIn } from './dependencies.ts';

/** Begins two-step sign-in. It holds only once a first code was given. */
export function enableTotp(dependencies: Dependencies): Handler<typeof accountContract.enableTotp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.enableTotp, async ({ input: { password }, context }) => {
    const begun = await proven(dependencies, context, 'password', (auth, headers) =>
      auth.api.enableTwoFactor({ body: { password }, headers }),
    );
    if (begun.method !== 'totp') throw new Error('better-auth began another second step than asked for');
    return { uri: begun.totpURI, backupCodes: begun.backupCodes };
  });
}

/** The first code turns it on. The session is renewed: what was known before is not enough any more. */
export function confirmTotp(dependencies: Dependencies): Handler<typeof accountContract.confirmTotp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.confirmTotp, async ({ input: body, context }) => {
    if (await isTotpEnabled(dependencies, context)) throw errors.TOTP_ENABLED({});
    const { marketplaceId } = context;
    const userId = await getUserId(database.read(marketplaceId), marketplaceId, requireMember(context).memberId);
    const answer = await proven(dependencies, context, 'code', async (auth, headers) => {
      await useOnce(dependencies.platform, marketplaceId, userId, body.code);
      return auth.api.verifyTOTP({ body, headers, returnHeaders: true });
    });
    await announce(dependencies, context, true);
    return signedIn(dependencies, context.marketplaceId, tokenFrom(answer.headers));
  });
}

/** For who used most of their codes, or lost the list. */
export function renewBackupCodes(dependencies: Dependencies): Handler<typeof accountContract.renewBackupCodes> {
  const { database, signingKey } = dependencies.platform;
  const { renewBackupCodes: operation } = accountContract;
  return inSecretSteps(database, signingKey, operation, async ({ input: { password }, context }) => {
    const { memberId } = requireMember(context);
    if (!(await isTotpEnabled(dependencies, context))) throw errors.TOTP_NOT_ENABLED({});
    const { backupCodes } = await proven(dependencies, context, 'password', (auth, headers) =>
      auth.api.generateBackupCodes({ body: { password }, headers }),
    );
    await database.transaction(context.marketplaceId, (tx) =>
      tx.audit({ action: 'member.backup-codes-renewed', subject: memberId, actor: context.actor }),
    );
    return { backupCodes };
  });
}

export function disableTotp(dependencies: Dependencies): Handler<typeof accountContract.disableTotp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.disableTotp, async ({ input: { password }, context }) => {
    if (!(await isTotpEnabled(dependencies, context))) throw errors.TOTP_NOT_ENABLED({});
    const answer = await proven(dependencies, context, 'password', (auth, headers) =>
      auth.api.disableTwoFactor({ body: { password }, headers, returnHeaders: true }),
    );
    await announce(dependencies, context, false);
    return signedIn(dependencies, context.marketplaceId, tokenFrom(answer.headers));
  });
}

async function isTotpEnabled(dependencies: Dependencies, context: Context): Promise<boolean> {
  return (await getMe(dependencies, context.marketplaceId, requireMember(context).memberId)).isTotpEnabled;
}

async function announce({ platform }: Dependencies, context: Context, isEnabled: boolean): Promise<void> {
  const { memberId } = requireMember(context);
  await platform.database.transaction(context.marketplaceId, async (tx) => {
    await tx.announce(memberTotpChanged, memberId, { memberId, isEnabled });
    await tx.audit({
      action: isEnabled ? 'member.totp-enabled' : 'member.totp-disabled',
      subject: memberId,
      actor: context.actor,
    });
  });
}

/** The renewed session's token, from the cookie that better-auth sets: `token.signature`. */
function tokenFrom(headers: Headers): string {
  const cookie = headers.getSetCookie().find((each) => each.startsWith('plaza_session='));
  const value = /^plaza_session=([^;]+)/.exec(cookie ?? '')?.[1];
  const token = decodeURIComponent(value ?? '').split('.')[0];
  if (!token) throw new Error('better-auth renewed a session without telling it');
  return token;
}
