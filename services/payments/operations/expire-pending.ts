import type { Context } from '@plaza/kernel';
import { expirePending, hasExpired } from '../store/pending.ts';
import type { Dependencies } from './dependencies.ts';

/** Frees what pending transfers keep back beyond their time. Posting one that is late is refused by the clock already. */
export function expirePendingTransfers({
  database,
  ledger,
  clock,
}: Pick<Dependencies, 'database' | 'ledger' | 'clock'>) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    while (await hasExpired(database.read(marketplaceId), marketplaceId, clock())) {
      const expired = await database.transaction(marketplaceId, (tx) => expirePending(tx, ledger, clock()));
      // Others are ending what is left.
      if (expired === 0) return;
    }
  };
}
