import { type Currency, idFromUuid, idOfCursor, pageFrom } from '@plaza/kernel';
import { type Queries, raw, sql } from '@plaza/runtime';
import type { AwaitedTransfer, Payment, PaymentState } from '../contract.ts';
import { PAYMENT_COLUMNS, type PaymentRow, paymentFrom } from './payment.ts';

/** Payments of checkouts whose money was taken before a moment, by id behind `after`. */
export async function listCaptured(
  queries: Queries,
  marketplaceId: string,
  { after, before, limit }: { after: string; before: Date; limit: number },
): Promise<PaymentRow[]> {
  return queries.rows<PaymentRow>(sql`
    select ${PAYMENT_COLUMNS} from payments.payment
    where marketplace_id = ${marketplaceId} and id > ${after}::uuid and captured_time < ${before} and purpose = 'checkout'
    order by id limit ${limit}`);
}

/** Top-ups begun before a moment that their member has not come back for. */
export async function listLeftTopUps(
  queries: Queries,
  marketplaceId: string,
  createdBefore: Date,
  limit: number,
): Promise<PaymentRow[]> {
  return queries.rows<PaymentRow>(sql`
    select ${PAYMENT_COLUMNS} from payments.payment
    where marketplace_id = ${marketplaceId} and purpose = 'top-up' and next_ask_time is not null
      and state in ('created', 'requires_action') and created_time <= ${createdBefore}
    order by created_time limit ${limit}`);
}

/** Captured payments that no order took, the oldest first. */
export async function listWithoutOrder(
  queries: Queries,
  marketplaceId: string,
  capturedBefore: Date,
  limit: number,
): Promise<PaymentRow[]> {
  return queries.rows<PaymentRow>(sql`
    select ${PAYMENT_COLUMNS} from payments.payment
    where marketplace_id = ${marketplaceId} and state = 'captured' and order_id is null and purpose = 'checkout'
      and captured_time <= ${capturedBefore}
    order by captured_time limit ${limit}`);
}

export async function listPayments(
  queries: Queries,
  marketplaceId: string,
  filter: {
    limit: number;
    cursor?: string | undefined;
    state?: PaymentState | undefined;
    currency?: Currency | undefined;
  },
): Promise<{ items: Payment[]; nextCursor: string | null }> {
  const before = idOfCursor(filter.cursor);
  // Conditions are left out, not switched off by a null: a late page begins in the index where the last one ended.
  const continued = before === null ? sql`` : sql`and id < ${before}::uuid`;
  // Written out: all states but the one that most are in have an index.
  const inState = filter.state === undefined ? sql`` : sql`and state = ${raw(`'${filter.state}'`)}`;
  const inCurrency = filter.currency === undefined ? sql`` : sql`and currency = ${filter.currency}`;
  const rows = await queries.rows<PaymentRow>(sql`
    select ${PAYMENT_COLUMNS} from payments.payment
    where marketplace_id = ${marketplaceId} ${continued} ${inState} ${inCurrency}
    order by id desc limit ${filter.limit + 1}`);
  return pageFrom(rows, filter.limit, (row) => [row.id], paymentFrom);
}

/**
 * Payments by a provider of transfers, newest first: those that wait for the buyer, or all of one reference, however
 * they stand.
 */
export async function listAwaitedTransfers(
  queries: Queries,
  marketplaceId: string,
  filter: { provider: string; limit: number; cursor?: string | undefined; reference?: string | undefined },
): Promise<{ items: AwaitedTransfer[]; nextCursor: string | null }> {
  const before = idOfCursor(filter.cursor);
  const continued = before === null ? sql`` : sql`and id < ${before}::uuid`;
  // Both conditions have an index: payment_to_ask holds what is undecided, payment_reference the references.
  const wanted =
    filter.reference === undefined
      ? sql`and state = 'requires_action' and next_ask_time is not null`
      : sql`and provider_reference = ${filter.reference} and provider_reference <> '' and provider not in ('simulated', 'none')`;
  const rows = await queries.rows<PaymentRow>(sql`
    select ${PAYMENT_COLUMNS} from payments.payment
    where marketplace_id = ${marketplaceId} and provider = ${filter.provider} ${wanted} ${continued}
    order by id desc limit ${filter.limit + 1}`);
  return pageFrom(
    rows,
    filter.limit,
    (row) => [row.id],
    (row) => ({
      paymentId: idFromUuid('payment', row.id),
      reference: row.provider_reference ?? '',
      amount: { amountMinor: row.amount_minor, currency: row.currency },
      state: row.state,
      createdTime: row.created_time.toISOString(),
    }),
  );
}
