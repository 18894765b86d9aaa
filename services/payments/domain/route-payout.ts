import type { Currency, Money } from '@plaza/kernel';
import type { PayoutPolicy } from '@plaza/kernel/marketplace';
import { ACCOUNT_KINDS, type BankAccountKind } from './bank-account.ts';

/** What a way to send payouts can do, as data: routing reads it, and the start of the service holds the settings against it. */
export type PayoutAbilities = {
  readonly accountKinds: readonly BankAccountKind[];
  readonly currencies: readonly Currency[];
  /** How an account is shown to be its owner's: two small amounts sent there, its own word, or an operator who looks. */
  readonly verification: 'deposits' | 'provider' | 'operator';
  /** `api`: we hand batches over and ask how they ended. `file`: an operator takes a file to the bank, and tells. */
  readonly handover: 'api' | 'file';
  /** Payouts in one batch. */
  readonly batchMax: number;
};

type Abilities = ReadonlyMap<string, PayoutAbilities>;

/** Who carries a payout out: of the routes that fit the first that can reach the account, else the provider. Undefined: none. */
export function routePayout(
  policy: Pick<PayoutPolicy, 'routes' | 'provider'>,
  abilities: Abilities,
  kind: BankAccountKind,
  { amountMinor, currency }: Money,
): string | undefined {
  if (!ACCOUNT_KINDS[currency].includes(kind)) return undefined;
  const fitting = policy.routes.filter(
    (route) =>
      (route.currency ?? currency) === currency &&
      amountMinor >= (route.fromMinor ?? 0) &&
      amountMinor <= (route.upToMinor ?? Number.MAX_SAFE_INTEGER),
  );
  return [...fitting.map(({ provider }) => provider), policy.provider].find((name) => {
    const able = abilities.get(name);
    return able?.accountKinds.includes(kind) === true && able.currencies.includes(currency);
  });
}

/** The kinds of account that some provider of a marketplace can send this currency to, whatever the amount. */
export function payableKinds(
  policy: Pick<PayoutPolicy, 'routes' | 'provider'>,
  abilities: Abilities,
  currency: Currency,
): BankAccountKind[] {
  const routes = policy.routes.map(({ provider, currency: only }) => ({ provider, ...(only && { currency: only }) }));
  return ACCOUNT_KINDS[currency].filter(
    (kind) => routePayout({ ...policy, routes }, abilities, kind, { amountMinor: 0, currency }) !== undefined,
  );
}

/** The providers that a policy names anywhere, each once. */
export function namedPayoutProviders({ provider, routes }: Pick<PayoutPolicy, 'routes' | 'provider'>): string[] {
  return [...new Set([provider, ...routes.map((route) => route.provider)])];
}

/** Settings that no provider can carry out; told at start. */
export function payoutRoutingMistakes(
  policy: Pick<PayoutPolicy, 'routes' | 'provider'>,
  home: Currency,
  abilities: Abilities,
): string[] {
  const unknown = namedPayoutProviders(policy).filter((name) => !abilities.has(name));
  if (unknown.length > 0)
    return unknown.map((name) => `payout names the provider "${name}"; there are ${[...abilities.keys()].join(', ')}`);
  return payableKinds(policy, abilities, home).length > 0
    ? []
    : [`payout: no provider can send ${home} to any account`];
}
