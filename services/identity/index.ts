import { defineService, type Platform, timer } from '@plaza/runtime';
import { identityContract } from './contract.ts';
import { errors } from './errors.ts';
import { identityEvents } from './events.ts';
import * as addresses from './operations/addresses.ts';
import { confirmSession } from './operations/confirm-session.ts';
import { createDemoMembers } from './operations/demo.ts';
import type { Deps } from './operations/deps.ts';
import * as members from './operations/members.ts';
import * as password from './operations/password.ts';
import * as profile from './operations/profile.ts';
import * as sessions from './operations/sessions.ts';
import * as signIn from './operations/sign-in.ts';
import * as twoStep from './operations/two-step.ts';
import type { SignIn } from './sign-in/auth.ts';
import { inLocale } from './sign-in/call-locale.ts';
import { forgetExpired } from './store/session.ts';

/** Accounts, sessions, members and their addresses: ready to mount. Calls no other service. */
export const identityService = defineService({
  name: 'identity',
  floor: 1,
  contract: identityContract,
  events: identityEvents,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create: (platform) => {
    const deps = depsOf(platform);
    return {
      handlers: {
        listSignInMethods: signIn.listSignInMethods(deps),
        signUp: signIn.signUp(deps),
        signIn: signIn.signIn(deps),
        verifyTotp: signIn.verifyTotp(deps),
        requestPhoneOtp: signIn.requestPhoneOtp(deps),
        verifyPhoneOtp: signIn.verifyPhoneOtp(deps),
        requestPasswordReset: password.requestPasswordReset(deps),
        resetPassword: password.resetPassword(deps),
        requestEmailVerification: password.requestEmailVerification(deps),
        verifyEmail: password.verifyEmail(deps),
        changePassword: password.changePassword(deps),
        signOut: sessions.signOut(deps),
        listSessions: sessions.listSessions(deps),
        revokeSession: sessions.revokeSession(deps),
        confirmSession: confirmSession(deps),
        authenticate: sessions.authenticate(deps),
        enableTotp: twoStep.enableTotp(deps),
        confirmTotp: twoStep.confirmTotp(deps),
        renewBackupCodes: twoStep.renewBackupCodes(deps),
        disableTotp: twoStep.disableTotp(deps),
        getMe: profile.getMe(deps),
        updateMe: profile.updateMe(deps),
        listAddresses: addresses.listAddresses(deps),
        getAddress: addresses.getAddress(deps),
        createAddress: addresses.createAddress(deps),
        updateAddress: addresses.updateAddress(deps),
        deleteAddress: addresses.deleteAddress(deps),
        listMembers: members.listMembers(deps),
        getMember: members.getMember(deps),
        getMembers: members.getMembers(deps),
        setMemberRoles: members.setMemberRoles(deps),
        grantRole: members.grantRole(deps),
        createDemoMembers: createDemoMembers(deps),
      },
      timers: [
        timer({
          name: 'forget-expired',
          everySeconds: 3_600,
          run: ({ marketplaceId }) => forgetExpired(platform.database.read(marketplaceId), platform.clock()),
        }),
      ],
      routes: [
        {
          path: '/api/auth/*',
          methods: ['GET', 'POST'],
          handle: (request, { marketplaceId, locale }) =>
            inLocale(locale, async () => (await deps.signInOf(marketplaceId)).auth.handler(request)),
        },
      ],
    };
  },
});

function depsOf(platform: Platform): Deps {
  const made = new Map<string, Promise<SignIn>>();
  return {
    platform,
    signInOf(marketplaceId) {
      const known = made.get(marketplaceId) ?? make(marketplaceId);
      made.set(marketplaceId, known);
      return known;
    },
  };

  // better-auth and what it brings are a quarter of all modules: loaded when somebody signs in, not before the server listens.
  async function make(marketplaceId: string): Promise<SignIn> {
    const { createSignIn } = await import('./sign-in/auth.ts');
    return createSignIn(platform, marketplaceId);
  }
}
