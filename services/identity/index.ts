import { defineService, type Platform, type RawRoute, timer } from '@plaza/runtime';
import { identityContract } from './contract.ts';
import { errors } from './errors.ts';
import { identityEvents } from './events.ts';
import * as addresses from './operations/addresses.ts';
import { confirmSession } from './operations/confirm-session.ts';
import { createDemoMembers } from './operations/demo.ts';
import type { Dependencies } from './operations/dependencies.ts';
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
    const dependencies = dependenciesOf(platform);
    return {
      handlers: {
        listSignInMethods: signIn.listSignInMethods(dependencies),
        signUp: signIn.signUp(dependencies),
        signIn: signIn.signIn(dependencies),
        verifyTotp: signIn.verifyTotp(dependencies),
        requestPhoneOtp: signIn.requestPhoneOtp(dependencies),
        verifyPhoneOtp: signIn.verifyPhoneOtp(dependencies),
        requestPasswordReset: password.requestPasswordReset(dependencies),
        resetPassword: password.resetPassword(dependencies),
        requestEmailVerification: password.requestEmailVerification(dependencies),
        verifyEmail: password.verifyEmail(dependencies),
        changePassword: password.changePassword(dependencies),
        signOut: sessions.signOut(dependencies),
        listSessions: sessions.listSessions(dependencies),
        revokeSession: sessions.revokeSession(dependencies),
        confirmSession: confirmSession(dependencies),
        authenticate: sessions.authenticate(dependencies),
        enableTotp: twoStep.enableTotp(dependencies),
        confirmTotp: twoStep.confirmTotp(dependencies),
        renewBackupCodes: twoStep.renewBackupCodes(dependencies),
        disableTotp: twoStep.disableTotp(dependencies),
        getMe: profile.getMe(dependencies),
        updateMe: profile.updateMe(dependencies),
        listAddresses: addresses.listAddresses(dependencies),
        getAddress: addresses.getAddress(dependencies),
        createAddress: addresses.createAddress(dependencies),
        updateAddress: addresses.updateAddress(dependencies),
        deleteAddress: addresses.deleteAddress(dependencies),
        listMembers: members.listMembers(dependencies),
        getMember: members.getMember(dependencies),
        getMembers: members.getMembers(dependencies),
        setMemberRoles: members.setMemberRoles(dependencies),
        grantRole: members.grantRole(dependencies),
        grantRoleByEmail: members.grantRoleByEmail(dependencies),
        createDemoMembers: createDemoMembers(dependencies),
      },
      timers: [
        timer({
          name: 'forget-expired',
          everySeconds: 3_600,
          run: ({ marketplaceId }) => forgetExpired(platform.database.read(marketplaceId), platform.clock()),
        }),
      ],
      // Of better-auth's own endpoints only the way of a browser to a provider and back. The others know nothing of what our
      // operations hold to: tries that are counted, sessions that end everywhere, names that can be shown.
      routes: [
        redirectRoute(dependencies, '/api/auth/sign-in/social', 'POST'),
        // Apple comes back with a form.
        redirectRoute(dependencies, '/api/auth/callback/:provider', 'GET', 'POST'),
        redirectRoute(dependencies, '/api/auth/error', 'GET'),
      ],
    };
  },
});

function redirectRoute(dependencies: Dependencies, path: string, ...methods: RawRoute['methods']): RawRoute {
  return {
    path,
    methods,
    handle: (request, { marketplaceId, locale }) =>
      inLocale(locale, async () => (await dependencies.signInOf(marketplaceId)).auth.handler(request)),
  };
}

function dependenciesOf(platform: Platform): Dependencies {
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
