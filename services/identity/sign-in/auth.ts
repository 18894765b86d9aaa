import { createHmac } from 'node:crypto';
import { newId, uuidFromId } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { bearer, genericOAuth, phoneNumber, twoFactor } from 'better-auth/plugins';
import { endSessionsOf } from '../store/session.ts';
import { authAdapter } from './adapter.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import { ensureMember, noteEmailVerified, notePasswordReset } from './join.ts';
import { type Providers, providersOf } from './providers.ts';
import { createVoice, type Voice } from './voice.ts';

/** How long a session is good: it is not renewed by use, so that checking it stays one read. */
const SESSION_SECONDS = 30 * 24 * 3600;
const VERIFY_SECONDS = 24 * 3600;
const RESET_SECONDS = 3600;

type SessionBeginning = NonNullable<NonNullable<NonNullable<BetterAuthOptions['databaseHooks']>['session']>['create']>;

/** Signing in to one marketplace. */
export type SignIn = {
  readonly auth: ReturnType<typeof createAuth>;
  readonly providers: Providers;
  readonly attempts: Attempts;
};

/** better-auth for one marketplace: its own address, sessions, providers and words; the accounts are everybody's. */
export function createSignIn(platform: Platform, marketplaceId: string): SignIn {
  const providers = providersOf(platform.environment, platform.marketplaces.get(marketplaceId));
  const attempts = createAttempts(platform.database, marketplaceId, platform.signingKey, platform.clock);
  return { auth: createAuth(platform, marketplaceId, providers, attempts), providers, attempts };
}

function createAuth(platform: Platform, marketplaceId: string, providers: Providers, attempts: Attempts) {
  const publicUrl = platform.publicUrl(marketplaceId);
  const voice = createVoice(platform, marketplaceId);
  return betterAuth({
    appName: voice.name(),
    baseURL: publicUrl,
    basePath: '/api/auth',
    trustedOrigins: [publicUrl],
    secret: createHmac('sha256', platform.signingKey).update('identity').digest('hex'),
    telemetry: { enabled: false },
    // Only what happened, never with whom: better-auth's details may hold addresses.
    logger: { level: 'error', log: (_level, message) => platform.log.warn({ library: 'better-auth' }, message) },
    database: authAdapter(platform.database.read(marketplaceId)),
    advanced: {
      database: { generateId: () => uuidFromId(newId('session')) },
      useSecureCookies: false, // Its prefix would rename the cookie; `secure` itself is set below.
      defaultCookieAttributes: { secure: publicUrl.startsWith('https:') },
      cookies: { session_token: { name: 'plaza_session' } },
    },
    session: {
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      additionalFields: {
        marketplaceId: { type: 'string', required: true, input: false },
        memberId: { type: 'string', required: true, input: false },
      },
    },
    emailAndPassword: passwords(platform, marketplaceId, voice),
    emailVerification: addresses(platform, voice),
    account: { accountLinking: { enabled: true } },
    socialProviders: {
      ...(providers.social.google === undefined ? {} : { google: providers.social.google }),
      ...(providers.social.apple === undefined ? {} : { apple: providers.social.apple }),
      ...(providers.social.line === undefined ? {} : { line: providers.social.line }),
    },
    disabledPaths: ['/update-user', '/change-email', '/delete-user', '/delete-user/callback'],
    plugins: [
      bearer(),
      twoFactor({ issuer: voice.name() }),
      phoneNumber(phones(providers, voice)),
      genericOAuth({ config: singleSignOn(providers) }),
    ],
    hooks: { before: createAuthMiddleware(async ({ path, body }) => limit(attempts, path, body)) },
    databaseHooks: { session: { create: beginnings(platform, marketplaceId, voice) } },
  });
}

/** Passwords, and new ones for those who forgot theirs. */
function passwords(
  { database, marketplaces }: Platform,
  marketplaceId: string,
  voice: Voice,
): NonNullable<BetterAuthOptions['emailAndPassword']> {
  return {
    enabled: true,
    minPasswordLength: 8,
    maxPasswordLength: 128,
    resetPasswordTokenExpiresIn: RESET_SECONDS,
    sendResetPassword: async ({ user, token }) => voice.sendLetter('reset', user, token),
    onPasswordReset: async ({ user }) => {
      // The password is the account's: sessions end in every marketplace, not only where the link was opened.
      for (const { id } of marketplaces.list()) await endSessionsOf(database.read(id), user.id);
      await notePasswordReset(database, marketplaceId, user.id);
    },
  };
}

/** Addresses, which their owners confirm by a link. */
function addresses(
  { database, marketplaces }: Platform,
  voice: Voice,
): NonNullable<BetterAuthOptions['emailVerification']> {
  return {
    sendOnSignUp: true,
    expiresIn: VERIFY_SECONDS,
    sendVerificationEmail: async ({ user, token }) => voice.sendLetter('verify', user, token),
    afterEmailVerification: async ({ id: userId }) => {
      // The address is the account's: it is theirs in every marketplace, not only where the link was opened.
      for (const { id } of marketplaces.list()) await noteEmailVerified(database, id, userId);
    },
  };
}

/** Signing in by a code to a phone. Who comes so for the first time has an account without an address. */
function phones({ hasPhone }: Providers, voice: Voice): NonNullable<Parameters<typeof phoneNumber>[0]> {
  return {
    expiresIn: 300,
    sendOTP: ({ phoneNumber: to, code }) => voice.sendCode(to, code),
    phoneNumberValidator: (phone) => hasPhone && /^\+[1-9]\d{6,14}$/.test(phone),
    signUpOnVerification: {
      getTempEmail: (phone) => `${phone.slice(1)}@phone.invalid`,
      getTempName: (phone) => `•••${phone.slice(-3)}`,
    },
  };
}

/** The operator's own OIDC issuer, where there is one. */
function singleSignOn({ oidc }: Providers): Parameters<typeof genericOAuth>[0]['config'] {
  if (oidc === undefined) return [];
  const { discoveryUrl, clientId, clientSecret } = oidc;
  const scopes = ['openid', 'profile', 'email'];
  return [{ providerId: 'oidc', discoveryUrl, clientId, clientSecret, scopes, pkce: true }];
}

/** Who begins a session in a marketplace is a member of it. */
function beginnings(platform: Platform, marketplaceId: string, voice: Voice): SessionBeginning {
  return {
    before: async (session) => {
      const memberId = await ensureMember(platform, marketplaceId, session.userId, voice.locale());
      return { data: { ...session, marketplaceId, memberId: uuidFromId(memberId) } };
    },
    // Who was verified elsewhere, before, or by another's word (social sign-in) opened no link here.
    after: async ({ userId }) => noteEmailVerified(platform.database, marketplaceId, userId),
  };
}

/** What may be tried how often, wherever the call comes from: an operation or better-auth's own endpoints. */
const LIMITED: Readonly<Record<string, readonly ['password' | 'code' | 'letter' | 'sms', string]>> = {
  '/sign-in/email': ['password', 'email'],
  '/request-password-reset': ['letter', 'email'],
  '/send-verification-email': ['letter', 'email'],
  '/phone-number/send-otp': ['sms', 'phoneNumber'],
  '/phone-number/verify': ['code', 'phoneNumber'],
};

async function limit(attempts: Attempts, path: string, body: unknown): Promise<void> {
  const [kind, field] = LIMITED[path] ?? [];
  const subject = field === undefined ? undefined : (body as Record<string, unknown> | undefined)?.[field];
  if (kind === undefined || typeof subject !== 'string') return;
  try {
    await attempts.count(kind, subject);
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'RATE_LIMITED') throw cause;
    throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message: 'Too many tries. Wait a moment.' });
  }
}
