import { Currency, uuidFromId } from '@plaza/kernel';
import type { ProviderAbilities } from '../domain/abilities.ts';
import type { PaymentProvider } from './provider.ts';

/** Our own wallets, as settings and payments name them. */
export const WALLET = 'wallet';

const WALLET_ABILITIES: ProviderAbilities = {
  kinds: ['wallet'],
  currencies: Currency.options,
  minimumMinor: {},
  maximumMinor: Number.MAX_SAFE_INTEGER,
  capturesSeparately: false,
  refunds: 'partial',
  refundWindowDays: null,
  hasWebhooks: false,
  sendsBuyersElsewhere: false,
  cardEntry: 'plaza',
  isRemote: false,
};

/**
 * Payments wholly out of a wallet: a transfer of our own ledger, which operations/pay-from-wallet.ts posts with the payment. So
 * there is nobody to ask: what is written down is captured, and what is not was never paid.
 */
export const walletProvider: PaymentProvider = {
  name: WALLET,
  abilities: WALLET_ABILITIES,
  missingSettings: () => [],
  publishableKey: () => null,
  create: async ({ paymentId }) => ({
    reference: uuidFromId(paymentId),
    method: { kind: 'wallet', brand: null, last4: null },
    outcome: { state: 'captured' },
  }),
  confirm: async () => ({ state: 'canceled' }),
  reconcile: async () => ({ state: 'canceled' }),
  cancel: async () => ({ state: 'canceled' }),
  refund: async () => ({ state: 'taken', reference: null }),
};
