import type { Platform } from '@plaza/runtime';

/** The environment's name of a marketplace's own setting: `PLAZA_JAIKOD_STRIPE_SECRET_KEY`. */
export function settingName(marketplaceId: string, name: string): string {
  return `PLAZA_${marketplaceId.toUpperCase().replaceAll('-', '_')}_${name}`;
}

type ProviderSettings<Name extends string> = {
  of(marketplaceId: string, name: Name): string | undefined;
  /** The settings without which the provider cannot serve this marketplace, as the environment names them. */
  missing(marketplaceId: string): string[];
};

/** A provider's settings, which each marketplace has for itself: `providerSettings(environment, 'STRIPE', ['SECRET_KEY'])`. */
export function providerSettings<Name extends string>(
  environment: Platform['environment'],
  prefix: string,
  names: readonly Name[],
): ProviderSettings<Name> {
  const of = (marketplaceId: string, name: Name) => environment[settingName(marketplaceId, `${prefix}_${name}`)];
  return {
    of,
    missing: (marketplaceId) =>
      names.filter((name) => !of(marketplaceId, name)).map((name) => settingName(marketplaceId, `${prefix}_${name}`)),
  };
}

/** One of each marketplace's own, made when it is first needed. */
export function forEachMarketplace<Own>(make: (marketplaceId: string) => Own): (marketplaceId: string) => Own {
  const made = new Map<string, Own>();
  return (marketplaceId) => {
    const known = made.get(marketplaceId);
    if (known !== undefined) return known;
    const own = make(marketplaceId);
    made.set(marketplaceId, own);
    return own;
  };
}
