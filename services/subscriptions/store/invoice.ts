import { type Currency, idOfCursor, pageFrom } from '@plaza/kernel';
import type { TaxAmount } from '@plaza/kernel/marketplace';
import { empty, type Queries, sql, type Transaction } from '@plaza/runtime';
import type { InvoiceState } from '../contract.ts';
import type { NewTerms } from '../domain/change.ts';
import type { InvoiceLine } from '../domain/invoice.ts';
import { errors } from '../errors.ts';
import { notDisputed } from './dispute.ts';
import type { OwnerRef } from './owner.ts';

export type InvoiceRow = {
  id: string;
  subscription_id: string;
  key: string;
  kind: 'start' | 'renewal' | 'change' | 'final';
  number: string;
  state: InvoiceState;
  currency: Currency;
  lines: readonly InvoiceLine[];
  subtotal_minor: number;
  tax: TaxAmount | null;
  tax_minor: number;
  total_minor: number;
  terms: NewTerms | null;
  attempt: number;
  failures: number;
  first_fail_time: Date | null;
  payment_id: string | null;
  action_url: string | null;
  decline_code: string | null;
  next_attempt_time: Date | null;
  give_up_time: Date | null;
  created_time: Date;
  paid_time: Date | null;
};

const COLUMNS = sql`id, subscription_id, key, kind, number, state, currency, lines, subtotal_minor, tax, tax_minor, total_minor, terms,
  attempt, failures, first_fail_time, payment_id, action_url, decline_code, next_attempt_time, give_up_time, created_time, paid_time`;

/** Writes an invoice under the next number of its year; undefined when what it bills (`key`) was billed before. */
export async function insertInvoice(
  tx: Transaction,
  i: Omit<InvoiceRow, 'number'>,
  year: number,
): Promise<InvoiceRow | undefined> {
  const before = await tx.row(sql`
    select 1 from subscriptions.invoice
    where marketplace_id = ${tx.marketplaceId} and subscription_id = ${i.subscription_id} and key = ${i.key}`);
  if (before !== undefined) return undefined;
  const { last_number: last } = await tx.one<{ last_number: number }>(sql`
    insert into subscriptions.invoice_counter as counter (marketplace_id, year, last_number)
    values (${tx.marketplaceId}, ${year}, 1)
    on conflict (marketplace_id, year) do update set last_number = counter.last_number + 1 returning last_number`);
  const number = `S-${year}-${String(last).padStart(6, '0')}`;
  return tx.one<InvoiceRow>(sql`
    insert into subscriptions.invoice (marketplace_id, ${COLUMNS})
    values (${tx.marketplaceId}, ${i.id}, ${i.subscription_id}, ${i.key}, ${i.kind}, ${number}, ${i.state}, ${i.currency},
      ${JSON.stringify(i.lines)}::jsonb, ${i.subtotal_minor}, ${i.tax === null ? null : JSON.stringify(i.tax)}::jsonb, ${i.tax_minor},
      ${i.total_minor}, ${i.terms === null ? null : JSON.stringify(i.terms)}::jsonb, ${i.attempt}, ${i.failures}, ${i.first_fail_time},
      ${i.payment_id}, ${i.action_url}, ${i.decline_code}, ${i.next_attempt_time}, ${i.give_up_time}, ${i.created_time}, ${i.paid_time})
    returning ${COLUMNS}`);
}

/** Writes how the payment of a locked invoice goes. */
export async function saveInvoice(tx: Transaction, i: InvoiceRow): Promise<InvoiceRow> {
  return tx.one<InvoiceRow>(sql`
    update subscriptions.invoice set state = ${i.state}, attempt = ${i.attempt}, failures = ${i.failures},
      first_fail_time = ${i.first_fail_time}, payment_id = ${i.payment_id}, action_url = ${i.action_url},
      decline_code = ${i.decline_code}, next_attempt_time = ${i.next_attempt_time}, give_up_time = ${i.give_up_time},
      paid_time = ${i.paid_time}
    where marketplace_id = ${tx.marketplaceId} and id = ${i.id} returning ${COLUMNS}`);
}

export async function findInvoice(
  queries: Queries,
  marketplaceId: string,
  id: string,
): Promise<InvoiceRow | undefined> {
  return queries.row<InvoiceRow>(
    sql`select ${COLUMNS} from subscriptions.invoice where marketplace_id = ${marketplaceId} and id = ${id}`,
  );
}

/** The invoice, locked. Its subscription is locked before. @throws SUBSCRIPTION_INVOICE_NOT_FOUND */
export async function lockInvoice(tx: Transaction, id: string): Promise<InvoiceRow> {
  const row = await tx.row<InvoiceRow>(
    sql`select ${COLUMNS} from subscriptions.invoice where marketplace_id = ${tx.marketplaceId} and id = ${id} for update`,
  );
  if (row === undefined) throw errors.SUBSCRIPTION_INVOICE_NOT_FOUND({});
  return row;
}

/** What a subscription has not paid yet, the oldest first. */
export async function listOpenInvoices(
  queries: Queries,
  marketplaceId: string,
  subscriptionId: string,
): Promise<InvoiceRow[]> {
  return queries.rows<InvoiceRow>(sql`
    select ${COLUMNS} from subscriptions.invoice
    where marketplace_id = ${marketplaceId} and subscription_id = ${subscriptionId} and state = 'open' order by id`);
}

/** Open invoices that are due to be charged, or of which the outcome is due to be asked. */
export async function listDueInvoices(
  queries: Queries,
  marketplaceId: string,
  now: Date,
  limit: number,
): Promise<string[]> {
  const rows = await queries.rows<{ id: string }>(sql`
    select id from subscriptions.invoice
    where marketplace_id = ${marketplaceId} and state = 'open' and next_attempt_time <= ${now}
      and ${notDisputed(marketplaceId, sql`invoice.subscription_id`)}
    order by next_attempt_time limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Open invoices whose time is over. */
export async function listToGiveUp(
  queries: Queries,
  marketplaceId: string,
  now: Date,
  limit: number,
): Promise<string[]> {
  const rows = await queries.rows<{ id: string }>(sql`
    select id from subscriptions.invoice
    where marketplace_id = ${marketplaceId} and state = 'open' and give_up_time <= ${now}
      and ${notDisputed(marketplaceId, sql`invoice.subscription_id`)}
    order by give_up_time limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Open invoices that a member pays and that were declined before: a new card may pay them. */
export async function listDeclinedOf(queries: Queries, marketplaceId: string, memberId: string): Promise<string[]> {
  const rows = await queries.rows<{ id: string }>(sql`
    select i.id from subscriptions.subscription s
    join subscriptions.invoice i on i.marketplace_id = s.marketplace_id and i.subscription_id = s.id and i.state = 'open' and i.failures > 0
    where s.marketplace_id = ${marketplaceId} and s.payer_member_id = ${memberId} order by i.id limit 100`);
  return rows.map(({ id }) => id);
}

/** An owner's invoices, over all of their subscriptions, newest first. */
export async function listInvoicesOf(
  queries: Queries,
  marketplaceId: string,
  owner: OwnerRef,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: InvoiceRow[]; nextCursor: string | null }> {
  const before = idOfCursor(page.cursor);
  const rows = await queries.rows<InvoiceRow>(sql`
    select ${COLUMNS} from subscriptions.invoice
    where marketplace_id = ${marketplaceId} and subscription_id in (
      select id from subscriptions.subscription
      where marketplace_id = ${marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id}
    ) ${before === null ? empty : sql`and id < ${before}::uuid`}
    order by id desc limit ${page.limit + 1}`);
  return pageFrom(rows, page.limit, (row) => [row.id]);
}

/** What was paid within a span, and what is open, in minor units. */
export async function sumInvoices(
  queries: Queries,
  marketplaceId: string,
  { start, end }: { start: Date; end: Date },
): Promise<{ revenue_minor: number; tax_minor: number; paid: number; open_minor: number }> {
  return queries.one(sql`
    select coalesce(sum(total_minor - tax_minor), 0)::bigint as revenue_minor, coalesce(sum(tax_minor), 0)::bigint as tax_minor,
      count(*) filter (where total_minor > 0) as paid,
      (select coalesce(sum(total_minor), 0)::bigint from subscriptions.invoice
       where marketplace_id = ${marketplaceId} and state = 'open') as open_minor
    from subscriptions.invoice
    where marketplace_id = ${marketplaceId} and state = 'paid' and paid_time >= ${start} and paid_time < ${end}`);
}
