import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { z } from 'zod';

const Text = z.string().min(1).optional();

/** What the operator set for signing in with others' accounts. A provider appears once its pair is complete. */
const Environment = z.object({
  GOOGLE_CLIENT_ID: Text,
  GOOGLE_CLIENT_SECRET: Text,
  APPLE_CLIENT_ID: Text,
  APPLE_CLIENT_SECRET: Text,
  LINE_CLIENT_ID: Text,
  LINE_CLIENT_SECRET: Text,
  OIDC_CLIENT_ID: Text,
  OIDC_CLIENT_SECRET: Text,
  OIDC_DISCOVERY_URL: z.url().optional(),
  OIDC_NAME: z.string().min(1).max(40).default('Single sign-on'),
});

type Credentials = { readonly clientId: string; readonly clientSecret: string };
type Social = 'google' | 'apple' | 'line';

export type Providers = {
  readonly social: Readonly<Partial<Record<Social, Credentials>>>;
  readonly oidc: (Credentials & { readonly discoveryUrl: string; readonly name: string }) | undefined;
  readonly hasPhone: boolean;
};

/** The providers that are configured here and wanted by the marketplace (`features.socialSignIn`). */
export function providersOf(
  environment: Readonly<Record<string, string | undefined>>,
  settings: Pick<MarketplaceSettings, 'features'>,
): Providers {
  const values = Environment.parse(environment);
  const wanted = settings.features.socialSignIn;
  const pairs = {
    google: pairOf(values.GOOGLE_CLIENT_ID, values.GOOGLE_CLIENT_SECRET),
    apple: pairOf(values.APPLE_CLIENT_ID, values.APPLE_CLIENT_SECRET),
    line: pairOf(values.LINE_CLIENT_ID, values.LINE_CLIENT_SECRET),
  };
  const social = Object.fromEntries(
    Object.entries(pairs).filter(([name, pair]) => pair !== undefined && wanted.includes(name as Social)),
  );
  const oidc = pairOf(values.OIDC_CLIENT_ID, values.OIDC_CLIENT_SECRET);
  const discoveryUrl = values.OIDC_DISCOVERY_URL;
  return {
    social,
    oidc:
      oidc === undefined || discoveryUrl === undefined ? undefined : { ...oidc, discoveryUrl, name: values.OIDC_NAME },
    hasPhone: wanted.includes('phone'),
  };
}

function pairOf(clientId: string | undefined, clientSecret: string | undefined): Credentials | undefined {
  return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
}

const NAMES: Readonly<Record<Social, string>> = { google: 'Google', apple: 'Apple', line: 'LINE' };

/** What the sign-in page offers, in its order. */
export function signInMethodsOf({ social, oidc, hasPhone }: Providers) {
  return [
    { id: 'password', name: 'E-mail', kind: 'password' as const, startPath: null },
    ...(hasPhone ? [{ id: 'phone', name: 'Phone', kind: 'phone' as const, startPath: null }] : []),
    ...(Object.keys(social) as Social[]).map((id) => ({
      id,
      name: NAMES[id],
      kind: 'redirect' as const,
      startPath: '/api/auth/sign-in/social',
    })),
    ...(oidc === undefined
      ? []
      : [{ id: 'oidc', name: oidc.name, kind: 'redirect' as const, startPath: '/api/auth/sign-in/social' }]),
  ];
}
