import { createHmac } from 'node:crypto';
import { type Locale, localize, newId, uuidFromId } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import { betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { bearer, genericOAuth, phoneNumber, twoFactor } from 'better-auth/plugins';
import { endSessionsOf } from '../store/session.ts';
import { authAdapter } from './adapter.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import { callLocale } from './call-locale.ts';
import { ensureMember, NO_ADDRESS, noteEmailVerified, notePasswordReset } from './join.ts';
import { codeText, letterOf } from './letters.ts';
import { type Providers, providersOf } from './providers.ts';

/** How long a session is good: it is not renewed by use, so that checking it stays one read. */
const SESSION_SECONDS = 30 * 24 * 3600;
const VERIFY_SECONDS = 24 * 3600;
const RESET_SECONDS = 3600;

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
  const { database, marketplaces, mail, sms } = platform;
  const publicUrl = platform.publicUrl(marketplaceId);
  const localeNow = (): Locale => {
    const { locales } = marketplaces.get(marketplaceId);
    return locales.find((locale) => locale === callLocale()) ?? (locales[0] as Locale);
  };
  const nameIn = (locale: Locale) => localize(marketplaces.get(marketplaceId).name, locale);
  const sendLetter = async (kind: 'verify' | 'reset', user: { name: string; email: string }, token: string) => {
    if (NO_ADDRESS.test(user.email)) return;
    const locale = localeNow();
    const page = kind === 'verify' ? 'verify-email' : 'reset-password';
    const link = `${publicUrl}/${locale}/${page}?token=${encodeURIComponent(token)}`;
    await mail.send({
      marketplaceId,
      to: user.email,
      ...letterOf(kind, locale, { marketplace: nameIn(locale), name: user.name, link }),
    });
  };

  return betterAuth({
    appName: nameIn(localeNow()),
    baseURL: publicUrl,
    basePath: '/api/auth',
    trustedOrigins: [publicUrl],
    secret: createHmac('sha256', platform.signingKey).update('identity').digest('hex'),
    telemetry: { enabled: false },
    // Only what happened, never with whom: better-auth's details may hold addresses.
    logger: { level: 'error', log: (_level, message) => platform.log.warn({ library: 'better-auth' }, message) },
    database: authAdapter(database.read(marketplaceId)),
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
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      sendResetPassword: ({ user, token }) => sendLetter('reset', user, token),
      onPasswordReset: async ({ user }) => {
        // The password is the account's: sessions end in every marketplace, not only where the link was opened.
        for (const { id } of marketplaces.list()) await endSessionsOf(database.read(id), user.id);
        await notePasswordReset(database, marketplaceId, user.id);
      },
    },
    emailVerification: {
      sendOnSignUp: true,
      expiresIn: VERIFY_SECONDS,
      sendVerificationEmail: ({ user, token }) => sendLetter('verify', user, token),
      afterEmailVerification: async ({ id: userId }) => {
        // The address is the account's: it is theirs in every marketplace, not only where the link was opened.
        for (const { id } of marketplaces.list()) await noteEmailVerified(database, id, userId);
      },
    },
    account: { accountLinking: { enabled: true } },
    socialProviders: {
      ...(providers.social.google === undefined ? {} : { google: providers.social.google }),
      ...(providers.social.apple === undefined ? {} : { apple: providers.social.apple }),
      ...(providers.social.line === undefined ? {} : { line: providers.social.line }),
    },
    disabledPaths: ['/update-user', '/change-email', '/delete-user', '/delete-user/callback'],
    plugins: [
      bearer(),
      twoFactor({ issuer: nameIn(localeNow()) }),
      phoneNumber({
        expiresIn: 300,
        sendOTP: ({ phoneNumber: to, code }) => {
          const locale = localeNow();
          return sms.send({ marketplaceId, to, text: codeText(locale, nameIn(locale), code) });
        },
        phoneNumberValidator: (phone) => providers.hasPhone && /^\+[1-9]\d{6,14}$/.test(phone),
        signUpOnVerification: {
          getTempEmail: (phone) => `${phone.slice(1)}@phone.invalid`,
          getTempName: (phone) => `•••${phone.slice(-3)}`,
        },
      }),
      genericOAuth({
        config:
          providers.oidc === undefined
            ? []
            : [
                {
                  providerId: 'oidc',
                  discoveryUrl: providers.oidc.discoveryUrl,
                  clientId: providers.oidc.clientId,
                  clientSecret: providers.oidc.clientSecret,
                  scopes: ['openid', 'profile', 'email'],
                  pkce: true,
                },
              ],
      }),
    ],
    hooks: { before: createAuthMiddleware(async ({ path, body }) => limit(attempts, path, body)) },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const memberId = await ensureMember(platform, marketplaceId, session.userId, localeNow());
            return { data: { ...session, marketplaceId, memberId: uuidFromId(memberId) } };
          },
          // Who was verified elsewhere, before, or by another's word (social sign-in) opened no link here.
          after: async ({ userId }) => noteEmailVerified(database, marketplaceId, userId),
        },
      },
    },
  });
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
