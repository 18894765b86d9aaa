import { type Currency, type Handlers, uuidFromId } from '@plaza/kernel';
import type { paymentsContract, StoreBalance } from '../contract.ts';
import type { Purpose } from '../domain/account.ts';
import { countTransfers, findMismatches } from '../store/check.ts';
import { listHolds } from '../store/hold.ts';
import { listStatement, listTransfers, readTrialBalance } from '../store/journal.ts';
import { type BalanceRow, readStoreBalances } from '../store/ledger.ts';
import { requireStore } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { verifyChain } from './journal.ts';

type Reads = Pick<
  Handlers<typeof paymentsContract>,
  'getBalance' | 'listStatement' | 'listTransfers' | 'getTrialBalance' | 'checkLedger'
>;

/** What the ledger says: of a store, of the whole marketplace, and whether it adds up. */
export function ledgerReads({ database, marketplaces }: Pick<Dependencies, 'database' | 'marketplaces'>): Reads {
  return {
    getBalance: async ({ input, context }) => {
      const { marketplaceId } = context;
      const queries = database.read(marketplaceId);
      await requireStore(queries, context, input.storeId);
      const rows = await readStoreBalances(queries, marketplaceId, uuidFromId(input.storeId));
      return { storeId: input.storeId, balances: balancesFrom(rows, marketplaces.get(marketplaceId).currency) };
    },
    listStatement: async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      await requireStore(queries, context, input.storeId);
      return listStatement(queries, context.marketplaceId, { ...input, storeId: uuidFromId(input.storeId) });
    },
    listTransfers: async ({ input, context: { marketplaceId } }) => {
      const queries = database.read(marketplaceId);
      if (input.orderId === undefined) {
        const paymentId = input.paymentId === undefined ? null : uuidFromId(input.paymentId);
        return listTransfers(queries, marketplaceId, { ...input, paymentId });
      }
      // Every transfer of an order carries its payment, and a payment has one order.
      const [hold] = await listHolds(queries, marketplaceId, uuidFromId(input.orderId));
      if (hold === undefined) return { items: [], nextCursor: null };
      return listTransfers(queries, marketplaceId, { ...input, paymentId: hold.payment_id });
    },
    getTrialBalance: async ({ input, context: { marketplaceId } }) => {
      const at = input.atTime === undefined ? undefined : new Date(input.atTime);
      const rows = await readTrialBalance(database.read(marketplaceId), marketplaceId, at);
      const sums = new Map<Currency, number>();
      for (const row of rows) sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.balance_minor);
      const totals = [...sums].map(([currency, sumMinor]) => ({ currency, sumMinor }));
      return {
        lines: rows.map(({ balance_minor, ...row }) => ({ ...row, balanceMinor: balance_minor })),
        totals,
        isBalanced: totals.every(({ sumMinor }) => sumMinor === 0),
      };
    },
    checkLedger: async ({ context: { marketplaceId } }) => {
      const queries = database.read(marketplaceId);
      const mismatches = await findMismatches(queries, marketplaceId);
      const transfers = await countTransfers(queries, marketplaceId);
      const journal = await verifyChain(database, marketplaceId);
      return { isConsistent: mismatches.length === 0 && journal.isIntact, transfers, mismatches, journal };
    },
  };
}

/** A store's balances side by side for each currency; the marketplace's own first, before the first sale too. */
function balancesFrom(rows: readonly BalanceRow[], home: Currency): StoreBalance[] {
  return [...new Set([home, ...rows.map(({ currency }) => currency)])].map((currency) => {
    const inCurrency = rows.filter((row) => row.currency === currency);
    const rowOf = (purpose: Purpose) => inCurrency.find((row) => row.purpose === purpose);
    const of = (purpose: Purpose) => rowOf(purpose)?.balance_minor ?? 0;
    return {
      currency,
      availableMinor: of('seller_available') - (rowOf('seller_available')?.pending_out_minor ?? 0),
      pendingMinor: of('escrow'),
      inTransitMinor: of('payout_in_transit'),
      owedMinor: Math.abs(of('seller_debt')),
      version: inCurrency.reduce((sum, { version }) => sum + version, 0),
    };
  });
}
