import { type Currency, newUuid } from '@plaza/kernel';
import { type Sql, sql } from '@plaza/runtime';
import { type AccountRef, accountUuid, PURPOSES } from '../domain/account.ts';
import { type Subject, stripeOf, type TransferOrder } from './posting.ts';

/** What a batch moves on one balance: its lines in the order of their transfers, and their sum so far. */
type BatchBalance = AccountRef & {
  readonly accountId: string;
  readonly currency: Currency;
  readonly stripe: number;
  readonly lines: { readonly transferId: string; readonly amountMinor: number; readonly movedMinor: number }[];
  sumMinor: number;
  /** Of the times of its transfers. */
  newestTime: Date;
};

/** Transfers summed by balance. Sums are made here, where they cost least. */
export type Batch = {
  readonly transfers: readonly { readonly id: string; readonly order: TransferOrder }[];
  readonly balances: readonly BatchBalance[];
};

/** Sums transfers in their order. Their keys must be distinct. */
export function batchOf(marketplaceId: string, orders: readonly TransferOrder[]): Batch {
  const transfers = orders.map((order) => ({ id: newUuid(), order }));
  // Lines on an account that is kept in stripes all go to the same one, so that it is locked once for all of them.
  const stripe = stripeOf(transfers[0]?.id ?? '');
  const balances = new Map<string, BatchBalance>();
  for (const { id: transferId, order } of transfers) {
    const { currency, time } = order;
    for (const { purpose, ownerId, amountMinor } of order.postings) {
      const name = `${currency} ${purpose} ${ownerId}`;
      const balance: BatchBalance = balances.get(name) ?? {
        purpose,
        ownerId,
        accountId: accountUuid(marketplaceId, currency, { purpose, ownerId }),
        currency,
        stripe: PURPOSES[purpose].isStriped ? stripe : 0,
        lines: [],
        sumMinor: 0,
        newestTime: time,
      };
      balances.set(name, balance);
      balance.sumMinor += amountMinor;
      if (time > balance.newestTime) balance.newestTime = time;
      balance.lines.push({ transferId, amountMinor, movedMinor: balance.sumMinor });
    }
  }
  return {
    // All callers take keys and lock balances in these orders: they wait for one another, but never in a circle.
    transfers: transfers.sort((a, b) => (a.order.key < b.order.key ? -1 : 1)),
    balances: [...balances.values()].sort((a, b) => a.stripe - b.stripe || (a.accountId < b.accountId ? -1 : 1)),
  };
}

/**
 * The statement that posts a batch. Its accounts must exist, and its keys be new: one that was posted before fails it
 * with `transfer_key`. Entries are told by balance: each finds its place in the index beside the one before.
 */
export function postingOfBatch(marketplaceId: string, { transfers, balances }: Batch): Sql {
  const orders = transfers.map(({ order }) => order);
  const idsOf = (name: keyof Subject) => listOf(orders.map(({ subject }) => subject[name] ?? 'null'));
  const lines = balances.flatMap(({ lines: own }, i) =>
    own.map((line, j) => ({ ...line, balance: i + 1, place: j + 1 })),
  );
  return sql`select payments.post_many(${marketplaceId}, ${listOf(transfers.map(({ id }) => id))}::uuid[],
    ${orders.map(({ key }) => key)}::text[], ${orders.map(({ kind }) => kind)}::text[],
    ${idsOf('paymentId')}::uuid[], ${idsOf('orderId')}::uuid[], ${idsOf('groupId')}::uuid[], ${idsOf('payoutId')}::uuid[],
    ${listOf(orders.map(({ time }) => time.toISOString()))}::timestamptz[],
    ${listOf(balances.map(({ accountId }) => accountId))}::uuid[], ${listOf(balances.map(({ stripe }) => stripe))}::smallint[],
    ${listOf(balances.map(({ currency }) => currency))}::text[], ${listOf(balances.map(({ sumMinor }) => sumMinor))}::bigint[],
    ${listOf(balances.map(({ lines: own }) => own.length))}::int[],
    ${listOf(balances.map(({ newestTime }) => newestTime.toISOString()))}::timestamptz[],
    ${listOf(lines.map(({ transferId }) => transferId))}::uuid[], ${listOf(lines.map(({ balance }) => balance))}::int[],
    ${listOf(lines.map(({ place }) => place))}::int[], ${listOf(lines.map(({ amountMinor }) => amountMinor))}::bigint[],
    ${listOf(lines.map(({ movedMinor }) => movedMinor))}::bigint[])`;
}

/** An array as PostgreSQL reads it, of what needs no quotes: node-postgres quotes every item, which takes longer than all else here. */
function listOf(items: readonly (string | number)[]): string {
  return `{${items.join(',')}}`;
}
