import { Currency } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import { numberOf } from '../domain/bank-account.ts';
import type { PayoutOrder, PayoutOutcome, PayoutProvider } from './payout-provider.ts';

/** The name that settings and payouts know it by. */
export const SIMULATED_BANK = 'simulated-bank';

/** How long the simulated bank takes, and how long for an account that is late. */
export const SETTLE_SECONDS = 60;
export const LATE_SECONDS = 3_600;

/** What it does with accounts by the end of their number; all others are paid. */
export const SIMULATED_ENDINGS = {
  /** Takes the test deposits and refuses every payout: like Stripe's test account 000111111116. */
  closed: '1116',
  /** Takes an hour. */
  late: '1124',
  /** Refuses test deposits. */
  unreachable: '1132',
  /** Cannot be paid today, whenever that is: tried again until the tries are used up. */
  unavailable: '1140',
} as const;

/** A bank that moves no money, pays everybody but those who ask to be refused, and remembers nothing. */
export function createSimulatedBank({ clock }: Pick<Platform, 'clock'>): PayoutProvider {
  const isEnding = (order: Pick<PayoutOrder, 'account'>, ending: string) => numberOf(order.account).endsWith(ending);
  return {
    name: SIMULATED_BANK,
    abilities: {
      accountKinds: ['thai_bank', 'promptpay', 'clabe', 'iban', 'us_bank'],
      currencies: Currency.options,
      verification: 'deposits',
      handover: 'api',
      batchMax: 100,
    },
    missingSettings: () => [],
    canReach: (account) => !numberOf(account).endsWith(SIMULATED_ENDINGS.unreachable),
    send: async (_marketplaceId, batch) =>
      batch.map(({ payoutId }) => ({ payoutId, state: 'sent', reference: `simulated:${payoutId}` })),
    ask: async (_marketplaceId, sent) =>
      sent.flatMap((order): PayoutOutcome[] => {
        const { payoutId, sentTime } = order;
        const afterSeconds = isEnding(order, SIMULATED_ENDINGS.late) ? LATE_SECONDS : SETTLE_SECONDS;
        if (sentTime === null || clock().getTime() - sentTime.getTime() < afterSeconds * 1000) return [];
        if (isEnding(order, SIMULATED_ENDINGS.closed))
          return [{ payoutId, state: 'failed', reason: 'account_closed', fault: 'account' }];
        if (isEnding(order, SIMULATED_ENDINGS.unavailable))
          return [{ payoutId, state: 'failed', reason: 'bank_unavailable', fault: 'bank' }];
        return [{ payoutId, state: 'paid', reference: `simulated:${payoutId}` }];
      }),
  };
}
