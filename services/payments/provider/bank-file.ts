import { Currency } from '@plaza/kernel';
import type { PayoutProvider } from './payout-provider.ts';

/**
 * Payouts that an operator takes to the marketplace's bank as a file (domain/bank-file.ts), and tells how they ended.
 * No machine is asked, so nothing is sent here; and accounts are looked at by an operator.
 */
export function createBankFile(): PayoutProvider {
  return {
    name: 'bank-file',
    abilities: {
      accountKinds: ['thai_bank', 'promptpay', 'clabe', 'iban', 'us_bank'],
      currencies: Currency.options,
      verification: 'operator',
      handover: 'file',
      batchMax: 500,
    },
    missingSettings: () => [],
    send: async () => [],
    ask: async () => [],
  };
}
