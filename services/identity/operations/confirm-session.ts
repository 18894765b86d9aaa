import { type Handler, invalidInput, requireMember } from '@plaza/kernel';
import { accountContract } from '../contract/account.ts';
import { errors } from '../errors.ts';
import { translated } from '../sign-in/faults.ts';
import { inSecretSteps } from '../sign-in/remember.ts';
import { confirm } from '../store/session.ts';
import { type Dependencies, getMe, headersOf } from './dependencies.ts';

/** Step-up: by code where two-step sign-in is on, for a password alone is then not enough to sign in either. */
export function confirmSession(dependencies: Dependencies): Handler<typeof accountContract.confirmSession> {
  const { database, signingKey, clock } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.confirmSession, async ({ input, context }) => {
    const { auth, attempts } = await dependencies.signInOf(context.marketplaceId);
    const { memberId, sessionId } = requireMember(context);
    if (sessionId === undefined) throw errors.SESSION_NOT_FOUND({});
    const { isTotpEnabled } = await getMe(dependencies, context.marketplaceId, memberId);
    const [kind, field] = isTotpEnabled ? (['code', 'code'] as const) : (['password', 'password'] as const);
    const proof = input[field]?.trim();
    if (proof === undefined) throw invalidInput([{ pointer: `/${field}`, code: 'required', detail: 'is needed' }]);
    await attempts.count(kind, memberId);
    const headers = await headersOf(dependencies, context);
    await translated(async () => {
      if (!isTotpEnabled) await auth.api.verifyPassword({ body: { password: input.password as string }, headers });
      else if (/^\d{6}$/.test(proof)) await auth.api.verifyTOTP({ body: { code: proof }, headers });
      else await auth.api.verifyBackupCode({ body: { code: proof, disableSession: true }, headers });
    });
    await attempts.forget(kind, memberId);
    const now = clock();
    await confirm(database.read(context.marketplaceId), sessionId, now);
    return { confirmedTime: now.toISOString() };
  });
}
