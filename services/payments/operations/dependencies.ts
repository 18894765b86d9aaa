import type { Database, Platform } from '@plaza/runtime';
import { errors } from '../errors.ts';
import type { AccountVault } from '../provider/account-vault.ts';
import type { PayoutProviders } from '../provider/payout-registry.ts';
import type { PaymentProvider } from '../provider/provider.ts';
import type { Providers } from '../provider/registry.ts';
import type { Screening } from '../provider/screening.ts';
import type { CardVault } from '../provider/simulated-card.ts';
import type { Ledger } from '../store/ledger.ts';
import type { PaymentRow } from '../store/payment.ts';

/** What the use cases of this service stand on. */
export type Dependencies = Pick<Platform, 'clock' | 'marketplaces' | 'log' | 'signingKey'> & {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly providers: Providers;
  readonly vault: CardVault;
  readonly payoutProviders: PayoutProviders;
  readonly accountVault: AccountVault;
  readonly screening: Screening;
};

/** What stands in a payment's `provider` when nothing was to be paid. */
export const NO_PROVIDER = 'none';

/**
 * The provider that a payment was begun with: later settings route later payments only.
 * @throws PAYMENT_METHOD_INVALID when this installation has that provider no more
 */
export function providerOf({ providers }: Pick<Dependencies, 'providers'>, payment: PaymentRow): PaymentProvider {
  const provider = providers.get(payment.provider);
  if (provider === undefined) throw errors.PAYMENT_METHOD_INVALID({});
  return provider;
}
