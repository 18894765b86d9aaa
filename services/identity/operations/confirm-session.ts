import { type Handler, invalidInput, requireMember } from '@plaza/kernel';
import { accountContract } from '../contract/account.ts';
import { errors } from '../errors.ts';
import { useOnce } from '../sign-in/once.ts';
import { inSecretSteps } from '../sign-in/remember.ts';
import { confirm, getUserId } from '../store/session.ts';
import { type Dependencies, getMe, proven } from './dependencies.ts';

/** Step-up: by code where two-step sign-in is on, for a password alone is then not enough to sign in either. */
export function confirmSession(dependencies: Dependencies): Handler<typeof accountContract.confirmSession> {
  const { database, signingKey, clock } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.confirmSession, async ({ input, context }) => {
    const { memberId, sessionId } = requireMember(context);
    if (sessionId === undefined) throw errors.SESSION_NOT_FOUND({});
    const { isTotpEnabled } = await getMe(dependencies, context.marketplaceId, memberId);
    const kind = isTotpEnabled ? 'code' : 'password';
    const proof = input[kind]?.trim();
    if (proof === undefined) throw invalidInput([{ pointer: `/${kind}`, code: 'required', detail: 'is needed' }]);
    const isOfApp = kind === 'code' && /^\d{6}$/.test(proof);
    await proven(dependencies, context, kind, async ({ api }, headers) => {
      const { marketplaceId } = context;
      if (isOfApp) {
        const userId = await getUserId(database.read(marketplaceId), marketplaceId, memberId);
        await useOnce(dependencies.platform, marketplaceId, userId, proof);
      }
      if (!isTotpEnabled) await api.verifyPassword({ body: { password: input.password as string }, headers });
      else if (isOfApp) await api.verifyTOTP({ body: { code: proof }, headers });
      else await api.verifyBackupCode({ body: { code: proof, disableSession: true }, headers });
    });
    const now = clock();
    await confirm(database.read(context.marketplaceId), sessionId, now);
    return { confirmedTime: now.toISOString() };
  });
}
