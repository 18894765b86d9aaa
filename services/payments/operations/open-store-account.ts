import { type Handler, uuidFromId } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { paymentsContract } from '../contract.ts';
import { saveStoreOwner } from '../store/payout.ts';
import type { Dependencies } from './dependencies.ts';

/** Notes whose a store's money will be. Repeating it changes nothing. */
export function openStoreAccount({
  database,
}: Pick<Dependencies, 'database'>): Handler<typeof paymentsContract.openStoreAccount> {
  return inTransaction(database, paymentsContract.openStoreAccount, async ({ input, tx }) => {
    await saveStoreOwner(tx, uuidFromId(input.storeId), uuidFromId(input.ownerMemberId));
    return { isDone: true as const };
  });
}
