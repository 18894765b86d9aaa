import { StartProblem } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { abilityMistakes } from '../domain/abilities.ts';
import { namedProviders, routingMistakes } from '../domain/route-payment.ts';
import type { PaymentProvider } from './provider.ts';

/** The adapters by name. */
export type Providers = ReadonlyMap<string, PaymentProvider>;

/**
 * The adapters of this installation, held against what they say of themselves and against every marketplace's settings.
 * @throws Error with all mistakes together: a payment that cannot be carried out is found at start, not by a buyer
 */
export function registerProviders(
  adapters: readonly PaymentProvider[],
  marketplaces: readonly Pick<MarketplaceSettings, 'id' | 'currency' | 'paymentMethods'>[],
): Providers {
  const providers = new Map(adapters.map((adapter) => [adapter.name, adapter]));
  const abilities = abilitiesOf(providers);
  const mistakes = [
    ...adapters.flatMap(({ name, abilities: able, capture, webhook }) =>
      abilityMistakes(able, { capture: capture !== undefined, webhook: webhook !== undefined }).map(
        (mistake) => `the provider "${name}" ${mistake}`,
      ),
    ),
    ...marketplaces.flatMap(({ id, currency, paymentMethods }) => [
      ...routingMistakes(paymentMethods, currency, abilities).map((mistake) => `${id}: ${mistake}`),
      ...namedProviders(paymentMethods).flatMap((name) =>
        (providers.get(name)?.missingSettings(id) ?? []).map(
          (setting) => `${id}: ${name} needs the setting ${setting}`,
        ),
      ),
    ]),
  ];
  if (mistakes.length > 0)
    throw new StartProblem(`Payments cannot start:\n${mistakes.map((each) => `- ${each}`).join('\n')}`);
  return providers;
}

/** What each adapter can do, by its name. */
export function abilitiesOf(providers: Providers) {
  return new Map([...providers].map(([name, { abilities }]) => [name, abilities]));
}
