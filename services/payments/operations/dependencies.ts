import type { Database, Platform } from '@plaza/runtime';
import type { PaymentKind } from '../contract.ts';
import { errors } from '../errors.ts';
import type { PaymentProvider } from '../provider/provider.ts';
import type { Bank } from '../provider/simulated-bank.ts';
import type { CardVault } from '../provider/simulated-card.ts';
import type { Ledger } from '../store/ledger.ts';

/** What the use cases of this service stand on. */
export type Dependencies = Pick<Platform, 'clock' | 'marketplaces' | 'log' | 'signingKey'> & {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly providers: ReadonlyMap<string, PaymentProvider>;
  readonly vault: CardVault;
  readonly bank: Bank;
};

/** The provider that a marketplace pays this way with. @throws PAYMENT_METHOD_INVALID when it does not offer the way */
export function providerFor(
  { marketplaces, providers }: Pick<Dependencies, 'marketplaces' | 'providers'>,
  marketplaceId: string,
  kind: PaymentKind,
): PaymentProvider {
  const offered = marketplaces.get(marketplaceId).paymentMethods.find((method) => method.kind === kind);
  const provider = offered === undefined ? undefined : providers.get(offered.provider);
  if (provider === undefined) throw errors.PAYMENT_METHOD_INVALID({});
  return provider;
}
