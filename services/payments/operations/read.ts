import { type Currency, type Handlers, uuidFromId } from '@plaza/kernel';
import type { paymentsContract, StoreBalance } from '../contract.ts';
import type { Purpose } from '../domain/account.ts';
import { namedProviders, offeredMethods, smallestPayable } from '../domain/route-payment.ts';
import { abilitiesOf } from '../provider/registry.ts';
import { WALLET } from '../provider/wallet.ts';
import { countTransfers, findMismatches } from '../store/check.ts';
import { holdFrom, listHolds } from '../store/hold.ts';
import { listStatement, listTransfers, readTrialBalance } from '../store/journal.ts';
import { type BalanceRow, readStoreBalances } from '../store/ledger.ts';
import {
  findPayment,
  findPaymentOfCheckout,
  findPayments,
  listCaptured,
  listPayments,
  listWithoutOrder,
  paymentFrom,
} from '../store/payment.ts';
import { firstUuidOf } from '../store/reconciliation.ts';
import { requireReadable, requireStore } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { verifyChain } from './journal.ts';

type Reads = Pick<
  Handlers<typeof paymentsContract>,
  | 'listPaymentMethods'
  | 'getPayment'
  | 'getPaymentByCheckout'
  | 'listPaymentsWithoutOrder'
  | 'getPayments'
  | 'listCapturedPayments'
  | 'listPaymentProviders'
  | 'listPayments'
  | 'listHolds'
  | 'getBalance'
  | 'listStatement'
  | 'listTransfers'
  | 'getTrialBalance'
  | 'checkLedger'
>;

/** Every read of this service: who may see it, then one or two statements. */
export function reads({ database, marketplaces, providers, clock }: Dependencies): Reads {
  return {
    listPaymentMethods: async ({ input, context: { marketplaceId } }) => {
      const { paymentMethods } = marketplaces.get(marketplaceId);
      // Paying at the door is offered by what is bought, and of whom: checkCashOffer.
      const methods = paymentMethods.filter(({ kind }) => kind !== 'cash');
      const items = offeredMethods(methods, abilitiesOf(providers), input).map((offered) => {
        const provider = providers.get(offered.provider);
        return {
          ...offered,
          cardEntry: provider?.abilities.cardEntry ?? 'plaza',
          publishableKey: provider?.publishableKey(marketplaceId) ?? null,
        };
      });
      return { items, smallestMinor: smallestPayable(methods, abilitiesOf(providers), input.currency) };
    },
    getPayment: async ({ input, context }) => {
      const { marketplaceId } = context;
      const row = await findPayment(database.read(marketplaceId), marketplaceId, uuidFromId(input.paymentId));
      return paymentFrom(requireReadable(row, context));
    },
    getPaymentByCheckout: async ({ input, context: { marketplaceId } }) => {
      const checkoutId = uuidFromId(input.checkoutId);
      const row = await findPaymentOfCheckout(database.read(marketplaceId), marketplaceId, checkoutId);
      return { payment: row === undefined ? null : paymentFrom(row) };
    },
    listPaymentsWithoutOrder: async ({ input, context: { marketplaceId } }) => {
      const before = new Date(clock().getTime() - input.olderThanSeconds * 1000);
      const rows = await listWithoutOrder(database.read(marketplaceId), marketplaceId, before, input.limit);
      return { items: rows.map(paymentFrom) };
    },
    getPayments: async ({ input, context: { marketplaceId } }) => {
      const ids = input.paymentIds.map(uuidFromId);
      return { items: (await findPayments(database.read(marketplaceId), marketplaceId, ids)).map(paymentFrom) };
    },
    listCapturedPayments: async ({ input, context: { marketplaceId } }) => {
      const begun = firstUuidOf(new Date(input.begunSince));
      const after = input.afterPaymentId === undefined ? begun : uuidFromId(input.afterPaymentId);
      const before = new Date(input.capturedBefore);
      const rows = await listCaptured(database.read(marketplaceId), marketplaceId, {
        after,
        before,
        limit: input.limit,
      });
      return { items: rows.map(paymentFrom) };
    },
    listPaymentProviders: async ({ context: { marketplaceId } }) => {
      const { paymentMethods, wallet } = marketplaces.get(marketplaceId);
      const used = new Set([...namedProviders(paymentMethods), ...(wallet === undefined ? [] : [WALLET])]);
      // The wallet is money that is here already: no other books hold it.
      const outside = [...providers.values()].filter(({ name }) => name !== WALLET);
      const items = outside.map(({ name, abilities, report, missingSettings }) => ({
        name,
        kinds: [...abilities.kinds],
        currencies: [...abilities.currencies],
        refunds: abilities.refunds,
        hasReports: report !== undefined,
        isUsed: used.has(name),
        missingSettings: missingSettings(marketplaceId),
      }));
      return { items };
    },
    listPayments: async ({ input, context: { marketplaceId } }) =>
      listPayments(database.read(marketplaceId), marketplaceId, input),
    listHolds: async ({ input, context: { marketplaceId } }) => {
      const rows = await listHolds(database.read(marketplaceId), marketplaceId, uuidFromId(input.orderId));
      return { items: rows.map(holdFrom) };
    },
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
