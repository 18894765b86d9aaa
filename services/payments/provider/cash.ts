import { Currency, uuidFromId } from '@plaza/kernel';
import type { CashCollector } from '../domain/abilities.ts';
import type { PaymentProvider } from './provider.ts';

/** The names that settings give them, by who takes the cash. */
export const CASH_PROVIDERS = { seller: 'cash-by-seller', carrier: 'cash-by-carrier' } as const;

/**
 * Paying at the door. There is nobody to ask: the payment is due until the order's parcels are handed over, and
 * operations/cash.ts books what was taken. Cash has no way back of its own: it goes to the wallet, or an operator sends it.
 */
export function createCashProvider(collector: CashCollector): PaymentProvider {
  return {
    name: CASH_PROVIDERS[collector],
    abilities: {
      kinds: ['cash'],
      currencies: Currency.options,
      minimumMinor: {},
      maximumMinor: Number.MAX_SAFE_INTEGER,
      capturesSeparately: false,
      refunds: 'none',
      refundWindowDays: null,
      hasWebhooks: false,
      sendsBuyersElsewhere: false,
      cardEntry: 'plaza',
      collector,
      isRemote: false,
    },
    missingSettings: () => [],
    publishableKey: () => null,
    create: async ({ paymentId }) => ({
      reference: uuidFromId(paymentId),
      method: { kind: 'cash', brand: null, last4: null },
      outcome: { state: 'due' },
    }),
    confirm: async () => ({ state: 'due' }),
    reconcile: async () => ({ state: 'due' }),
    // Only what no order holds is canceled: operations/change-payment.ts.
    cancel: async () => ({ state: 'canceled' }),
    refund: async () => ({ state: 'refused', failureReason: 'refunds_not_supported' }),
  };
}
