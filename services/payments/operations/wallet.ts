import { type Context, type Handlers, idFromUuid, requireMember, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Queries, type Transaction } from '@plaza/runtime';
import { type MemberWallet, paymentsContract, type Wallet } from '../contract.ts';
import { accountUuid } from '../domain/account.ts';
import { limitsOf } from '../domain/wallet.ts';
import { errors } from '../errors.ts';
import {
  hasWallet,
  listWalletMovements,
  lockWallet,
  readWallet,
  readWalletBalance,
  readWalletUsage,
  type WalletRow,
} from '../store/wallet.ts';
import { levelOf } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { holdWallet } from './hold-wallet.ts';
import { walletSettings } from './wallet-part.ts';

type Wallets = Pick<
  Handlers<typeof paymentsContract>,
  'getWallet' | 'listWalletMovements' | 'getMemberWallet' | 'freezeWallet' | 'unfreezeWallet'
>;

/** What members see of their wallets, and what operators see and do of any. */
export function wallets(dependencies: Pick<Dependencies, 'database' | 'marketplaces' | 'clock'>): Wallets {
  const { database, marketplaces, clock } = dependencies;

  const memberWallet = async (
    queries: Queries,
    marketplaceId: string,
    memberUuid: string,
    row: WalletRow,
  ): Promise<MemberWallet> => {
    const { currency } = marketplaces.get(marketplaceId);
    const account = { purpose: 'wallet', ownerId: memberUuid } as const;
    return {
      memberId: idFromUuid('member', memberUuid),
      accountId: idFromUuid('account', accountUuid(marketplaceId, currency, account)),
      currency,
      state: row.state,
      ...(await readWalletBalance(queries, marketplaceId, memberUuid, currency)),
      frozenReason: row.frozen_reason,
      frozenTime: row.frozen_time?.toISOString() ?? null,
    };
  };

  /** The UUID of a member who has a wallet here; payments knows nothing else of members. @throws WALLET_NOT_FOUND */
  const requireWallet = async (queries: Queries, marketplaceId: string, memberId: string): Promise<string> => {
    walletSettings(marketplaces, marketplaceId);
    const memberUuid = uuidFromId(memberId);
    const { currency } = marketplaces.get(marketplaceId);
    if (!(await hasWallet(queries, marketplaceId, memberUuid, currency))) throw errors.WALLET_NOT_FOUND({});
    return memberUuid;
  };

  /** Puts a wallet on hold, or lifts that; a repeat of either changes nothing. */
  const hold = async (
    { memberId, reason }: { memberId: string; reason: string },
    { marketplaceId, actor }: Context,
    tx: Transaction,
    state: Wallet['state'],
  ): Promise<MemberWallet> => {
    const memberUuid = await requireWallet(tx, marketplaceId, memberId);
    const row = await lockWallet(tx, memberUuid, clock());
    if (row.state === state) return memberWallet(tx, marketplaceId, memberUuid, row);
    const saved = await holdWallet(tx, memberUuid, actor, { reason, isHeld: state === 'frozen', time: clock() });
    return memberWallet(tx, marketplaceId, memberUuid, saved);
  };

  return {
    getWallet: async ({ context }): Promise<Wallet> => {
      const { marketplaceId } = context;
      const settings = walletSettings(marketplaces, marketplaceId);
      const { currency } = marketplaces.get(marketplaceId);
      const memberUuid = uuidFromId(requireMember(context).memberId);
      const queries = database.read(marketplaceId);
      const [row, balance, usage] = await Promise.all([
        readWallet(queries, marketplaceId, memberUuid),
        readWalletBalance(queries, marketplaceId, memberUuid, currency),
        readWalletUsage(queries, marketplaceId, memberUuid, clock()),
      ]);
      const level = levelOf(context);
      const held = balance.availableMinor + balance.reservedMinor + usage.comingMinor;
      const limits = limitsOf(settings.limits[level], held, usage);
      const spendableMinor = Math.min(balance.availableMinor, limits.payPerDay.leftMinor);
      return {
        currency,
        state: row.state,
        ...balance,
        comingMinor: usage.comingMinor,
        spendableMinor: row.state === 'frozen' ? 0 : spendableMinor,
        verificationLevel: level,
        limits,
      };
    },
    listWalletMovements: async ({ input, context }) => {
      const { marketplaceId } = context;
      walletSettings(marketplaces, marketplaceId);
      const { currency } = marketplaces.get(marketplaceId);
      const memberId = uuidFromId(requireMember(context).memberId);
      return listWalletMovements(database.read(marketplaceId), marketplaceId, { ...input, memberId, currency });
    },
    getMemberWallet: async ({ input, context: { marketplaceId } }) => {
      const queries = database.read(marketplaceId);
      const memberUuid = await requireWallet(queries, marketplaceId, input.memberId);
      return memberWallet(queries, marketplaceId, memberUuid, await readWallet(queries, marketplaceId, memberUuid));
    },
    freezeWallet: inTransaction(database, paymentsContract.freezeWallet, ({ input, context, tx }) =>
      hold(input, context, tx, 'frozen'),
    ),
    unfreezeWallet: inTransaction(database, paymentsContract.unfreezeWallet, ({ input, context, tx }) =>
      hold(input, context, tx, 'active'),
    ),
  };
}
