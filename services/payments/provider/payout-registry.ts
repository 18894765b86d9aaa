import { StartProblem } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { namedPayoutProviders, payoutRoutingMistakes } from '../domain/route-payout.ts';
import type { PayoutProvider } from './payout-provider.ts';

/** The ways to send payouts, by name. */
export type PayoutProviders = ReadonlyMap<string, PayoutProvider>;

/**
 * The ways to send payouts of this installation, held against every marketplace's settings.
 * @throws Error with all mistakes together: a payout that nobody can send is found at start, not by a seller
 */
export function registerPayoutProviders(
  adapters: readonly PayoutProvider[],
  marketplaces: readonly Pick<MarketplaceSettings, 'id' | 'currency' | 'payout'>[],
): PayoutProviders {
  const providers = new Map(adapters.map((adapter) => [adapter.name, adapter]));
  const abilities = payoutAbilitiesOf(providers);
  const mistakes = marketplaces.flatMap(({ id, currency, payout }) => [
    ...payoutRoutingMistakes(payout, currency, abilities).map((mistake) => `${id}: ${mistake}`),
    ...namedPayoutProviders(payout).flatMap((name) =>
      (providers.get(name)?.missingSettings(id) ?? []).map((setting) => `${id}: ${name} needs the setting ${setting}`),
    ),
  ]);
  if (mistakes.length > 0)
    throw new StartProblem(`Payouts cannot start:\n${mistakes.map((each) => `- ${each}`).join('\n')}`);
  return providers;
}

/** What each can do, by its name. */
export function payoutAbilitiesOf(providers: PayoutProviders) {
  return new Map([...providers].map(([name, { abilities }]) => [name, abilities]));
}
