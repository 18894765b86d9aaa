import type { Currency, Money } from '@plaza/kernel';
import type { PaymentMethod } from '@plaza/kernel/marketplace';
import { PaymentKind } from '../contract/payments.ts';
import { canPay, type ProviderAbilities } from './abilities.ts';

type Abilities = ReadonlyMap<string, ProviderAbilities>;

/** A way to pay as it is offered for one amount. */
export type OfferedMethod = { readonly methodId: string; readonly kind: PaymentKind; readonly provider: string };

/**
 * Who carries out a payment: of the marketplace's methods of this kind (this one, if it is named) the first for which a
 * fitting route, or else its own provider, can take the amount. Undefined: none.
 */
export function routePayment(
  methods: readonly PaymentMethod[],
  abilities: Abilities,
  {
    methodId,
    kind,
    amount,
  }: { readonly methodId?: string | undefined; readonly kind: PaymentKind; readonly amount: Money },
): string | undefined {
  return offeredMethods(methods, abilities, amount).find(
    (offered) => offered.kind === kind && (methodId === undefined || offered.methodId === methodId),
  )?.provider;
}

/** The ways to pay an amount, in the order of the settings, each with its provider. */
export function offeredMethods(
  methods: readonly PaymentMethod[],
  abilities: Abilities,
  amount: Money,
): OfferedMethod[] {
  return methods.flatMap((method) => {
    const kind = PaymentKind.safeParse(method.kind).data;
    if (kind === undefined) return [];
    const provider = providersOf(method, amount).find((name) => {
      const able = abilities.get(name);
      return able !== undefined && canPay(able, kind, amount);
    });
    return provider === undefined ? [] : [{ methodId: method.id, kind, provider }];
  });
}

/** The smallest amount that any of the ways can take in a currency, in minor units; null when none takes that currency. */
export function smallestPayable(
  methods: readonly PaymentMethod[],
  abilities: Abilities,
  currency: Currency,
): number | null {
  const smallest = methods.flatMap((method) => {
    const kind = PaymentKind.safeParse(method.kind).data;
    const routes = [
      ...method.routes.filter((route) => (route.currency ?? currency) === currency),
      { provider: method.provider, fromMinor: 1 },
    ];
    return routes.flatMap(({ provider, fromMinor = 1 }) => {
      const able = abilities.get(provider);
      if (kind === undefined || able === undefined || !able.kinds.includes(kind) || !able.currencies.includes(currency))
        return [];
      return [Math.max(able.minimumMinor[currency] ?? 1, fromMinor)];
    });
  });
  return smallest.length === 0 ? null : Math.min(...smallest);
}

/** Candidates in order: the routes that fit, then the method's own provider. */
function providersOf({ routes, provider }: PaymentMethod, { amountMinor, currency }: Money): string[] {
  const fitting = routes.filter(
    (route) =>
      (route.currency ?? currency) === currency &&
      amountMinor >= (route.fromMinor ?? 0) &&
      amountMinor <= (route.upToMinor ?? Number.MAX_SAFE_INTEGER),
  );
  return [...fitting.map((route) => route.provider), provider];
}

/** Settings that name a provider which is not there, or cannot do what is asked of it; told at start. */
export function routingMistakes(methods: readonly PaymentMethod[], home: Currency, abilities: Abilities): string[] {
  return methods.flatMap((method) => {
    const kind = PaymentKind.safeParse(method.kind).data;
    if (kind === undefined) return [];
    const asked = [{ provider: method.provider, currency: home }, ...method.routes];
    return asked.flatMap(({ provider, currency = home }) => {
      const able = abilities.get(provider);
      const at = `payment method "${method.id}"`;
      if (able === undefined) {
        return [`${at} names the provider "${provider}"; there are ${[...abilities.keys()].join(', ')}`];
      }
      if (!able.kinds.includes(kind)) return [`${at}: ${provider} takes ${able.kinds.join(', ')}, not ${kind}`];
      return able.currencies.includes(currency) ? [] : [`${at}: ${provider} does not take ${currency}`];
    });
  });
}

/** The providers that the methods name anywhere, each once. */
export function namedProviders(methods: readonly PaymentMethod[]): string[] {
  return [...new Set(methods.flatMap(({ provider, routes }) => [provider, ...routes.map((route) => route.provider)]))];
}
