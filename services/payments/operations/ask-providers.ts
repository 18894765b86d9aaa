import type { Context } from '@plaza/kernel';
import { claimPaymentsToAsk } from '../store/payment.ts';
import { reconcile } from './change-payment.ts';
import type { Dependencies } from './dependencies.ts';

/** Payments asked about in one run; the rest waits for the next. */
const ASKED_MAX = 100;

/**
 * Asks providers about payments that are not decided: whose answer was lost, whose webhook did not come, whose buyer did
 * not return. First after half a minute, then at growing intervals of an hour at most, until the provider decides.
 */
export function askProviders(dependencies: Dependencies) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    const due = await claimPaymentsToAsk(
      dependencies.database.read(marketplaceId),
      marketplaceId,
      dependencies.clock(),
      ASKED_MAX,
    );
    for (const payment of due) {
      try {
        await reconcile(dependencies, marketplaceId, payment);
      } catch (error) {
        dependencies.log.error(
          { err: error, paymentId: payment.id },
          'a payment could not be asked about; it is tried again',
        );
      }
    }
  };
}
