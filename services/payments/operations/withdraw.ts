import { type Handlers, requireConfirmed, requireMember, uuidFromId } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { paymentsContract } from '../contract.ts';
import { listPayouts, payoutFrom } from '../store/payout.ts';
import type { Dependencies } from './dependencies.ts';
import { openPayout } from './open-payout.ts';
import { walletSettings } from './wallet-part.ts';

type Withdrawals = Pick<Handlers<typeof paymentsContract>, 'withdrawFromWallet' | 'listWithdrawals'>;

/** Money out of wallets: payouts whose owner is a member, asked for by somebody who just showed that they are that member. */
export function withdrawals(dependencies: Dependencies): Withdrawals {
  const { database, marketplaces, clock } = dependencies;
  return {
    withdrawFromWallet: inTransaction(database, paymentsContract.withdrawFromWallet, async ({ input, context, tx }) => {
      const { amountMinor, currency } = input.amount;
      walletSettings(marketplaces, context.marketplaceId, currency);
      const actor = requireConfirmed(context, clock());
      const id = uuidFromId(actor.memberId);
      const owner = { kind: 'member', id, memberId: id } as const;
      return payoutFrom(await openPayout(tx, dependencies, { owner, currency, amountMinor: () => amountMinor, actor }));
    }),
    listWithdrawals: async ({ input, context }) => {
      const { marketplaceId } = context;
      walletSettings(marketplaces, marketplaceId);
      const owner = { kind: 'member', id: uuidFromId(requireMember(context).memberId) } as const;
      return listPayouts(database.read(marketplaceId), marketplaceId, { ...input, owner });
    },
  };
}
