import { type Currency, idFromUuid } from '@plaza/kernel';
import { empty, type Queries, type Sql, sql, type Transaction, type Writer } from '@plaza/runtime';
import type { Payment, PaymentKind, PaymentState } from '../contract.ts';
import { refundedState } from '../domain/payment-state.ts';
import type { PaidFrom } from '../domain/wallet.ts';
import { errors } from '../errors.ts';
import type { Charge, ShownMethod } from '../provider/provider.ts';

export type PaymentRow = {
  id: string;
  purpose: Payment['purpose'];
  /** Of a subscription, its invoice; null for a top-up. */
  checkout_id: string | null;
  attempt: number;
  order_id: string | null;
  state: PaymentState;
  amount_minor: number;
  currency: Currency;
  /** Of a subscription's payment, the part of the amount that is tax. */
  tax_minor: number;
  /** The part of the amount that is the wallet's to pay, and of what went back, the part that went there. */
  wallet_minor: number;
  refunded_minor: number;
  wallet_refunded_minor: number;
  /** Paid at the door: what is not asked for any more. */
  waived_minor: number;
  provider: string;
  provider_reference: string | null;
  method_kind: PaymentKind;
  method_brand: string | null;
  method_last4: string | null;
  action_url: string | null;
  return_url: string;
  decline_code: string | null;
  payer_member_id: string | null;
  created_time: Date;
  captured_time: Date | null;
  /** When the provider is next asked how the payment stands; null once it is decided. */
  next_ask_time: Date | null;
  version: number;
};

/** The columns of a PaymentRow. */
export const PAYMENT_COLUMNS = sql`id, purpose, checkout_id, attempt, order_id, state, amount_minor, currency, tax_minor, wallet_minor, refunded_minor,
  wallet_refunded_minor, waived_minor, provider, provider_reference,
  method_kind, method_brand, method_last4, action_url, return_url, decline_code, payer_member_id, created_time, captured_time,
  next_ask_time, version`;

type Allocations = readonly { storeId: string; amountMinor: number }[] | null;

/** False when it is there already: this attempt of this checkout, this request. `posting` (see postingOf) is made only if it is new. */
export async function insertPayment(
  tx: Transaction,
  payment: PaymentRow,
  allocations: Allocations,
  posting: Sql,
  requestKey: string | null = null,
): Promise<boolean> {
  const inserted = await tx.execute(sql`
    with made as (
      ${insertionOf(tx.marketplaceId, payment, allocations, requestKey)} on conflict do nothing returning id)
    select ${posting} from made`);
  return inserted === 1;
}

/**
 * Inserts a payment with its posting, and with the holds of its order (see holdingOf) if it has one; fails when the payment
 * is there already (see isThere), so that nobody has to wait for what this found.
 */
export async function insertDecidedPayment(
  writer: Writer,
  marketplaceId: string,
  payment: PaymentRow,
  allocations: Allocations,
  { posting, holding }: { readonly posting: Sql; readonly holding: Sql | undefined },
): Promise<void> {
  await writer.execute(sql`
    with taken as (
      ${insertionOf(marketplaceId, payment, allocations, null)} returning id, currency)${holding === undefined ? empty : sql`, ${holding}`}
    select ${posting} from taken`);
}

/** Whether an insert failed because the payment was there before it. */
export function isThere(error: unknown): boolean {
  const { constraint } = error as { readonly constraint?: string };
  return constraint === 'payment_pkey' || constraint === 'payment_attempt';
}

function insertionOf(marketplaceId: string, p: PaymentRow, allocations: Allocations, requestKey: string | null): Sql {
  return sql`insert into payments.payment (marketplace_id, id, checkout_id, attempt, order_id, state, amount_minor, currency, provider,
      provider_reference, method_kind, method_brand, method_last4, action_url, return_url, decline_code, payer_member_id, allocations,
      created_time, captured_time, next_ask_time, purpose, tax_minor, wallet_minor, request_key)
    values (${marketplaceId}, ${p.id}, ${p.checkout_id}, ${p.attempt}, ${p.order_id}, ${p.state}, ${p.amount_minor}, ${p.currency}, ${p.provider},
      ${p.provider_reference}, ${p.method_kind}, ${p.method_brand}, ${p.method_last4}, ${p.action_url}, ${p.return_url},
      ${p.decline_code}, ${p.payer_member_id}, ${allocations === null ? null : JSON.stringify(allocations)}::jsonb, ${p.created_time}, ${p.captured_time},
      ${p.next_ask_time}, ${p.purpose}, ${p.tax_minor}, ${p.wallet_minor}, ${requestKey})`;
}

export async function findPayment(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
): Promise<PaymentRow | undefined> {
  return queries.row<PaymentRow>(
    sql`select ${PAYMENT_COLUMNS} from payments.payment where marketplace_id = ${marketplaceId} and id = ${paymentId}`,
  );
}

/** @throws PAYMENT_NOT_FOUND */
export async function getPayment(queries: Queries, marketplaceId: string, paymentId: string): Promise<PaymentRow> {
  const row = await findPayment(queries, marketplaceId, paymentId);
  if (row === undefined) throw errors.PAYMENT_NOT_FOUND({});
  return row;
}

/** Several payments, in any order. */
export async function findPayments(
  queries: Queries,
  marketplaceId: string,
  paymentIds: readonly string[],
): Promise<PaymentRow[]> {
  return queries.rows<PaymentRow>(sql`
    select ${PAYMENT_COLUMNS} from payments.payment where marketplace_id = ${marketplaceId} and id = any(${paymentIds}::uuid[])`);
}

/** The payment, locked until the transaction ends. @throws PAYMENT_NOT_FOUND */
export async function lockPayment(tx: Transaction, paymentId: string): Promise<PaymentRow> {
  const row = await tx.row<PaymentRow>(
    sql`select ${PAYMENT_COLUMNS} from payments.payment where marketplace_id = ${tx.marketplaceId} and id = ${paymentId} for update`,
  );
  if (row === undefined) throw errors.PAYMENT_NOT_FOUND({});
  return row;
}

/** The payment that the provider calls so, if it is one of this marketplace. */
export async function findPaymentByReference(
  queries: Queries,
  marketplaceId: string,
  provider: string,
  reference: string,
): Promise<PaymentRow | undefined> {
  return queries.row<PaymentRow>(sql`
    select ${PAYMENT_COLUMNS} from payments.payment
    where marketplace_id = ${marketplaceId} and provider = ${provider} and provider_reference = ${reference}
      and provider_reference <> '' and provider not in ('simulated', 'none')`);
}

/**
 * Writes the provider's name of a payment that was just begun there, and what is shown of its method by then. False when it was decided meanwhile: then its money
 * must not be asked for.
 */
export async function savePaymentReference(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
  { reference, method }: Pick<Charge, 'reference' | 'method'>,
): Promise<boolean> {
  const saved = await queries.execute(sql`
    update payments.payment set provider_reference = ${reference}, method_brand = coalesce(${method.brand}, method_brand),
      method_last4 = coalesce(${method.last4}, method_last4)
    where marketplace_id = ${marketplaceId} and id = ${paymentId} and state = 'created'
      and (provider_reference is null or provider_reference = ${reference})`);
  return saved === 1;
}

/** The waits between two questions about an undecided payment: 30 s, doubled each time, an hour at most. */
const ASK_SECONDS_FIRST = 30;
const ASK_SECONDS_MAX = 3_600;

/** When a payment that begins now is first asked about: by then every call about it has ended. */
export function firstAskTime(now: Date): Date {
  return new Date(now.getTime() + ASK_SECONDS_FIRST * 1000);
}

/** Undecided payments that are due to be asked about, taken by one caller each, and put off to their next turn. */
export async function claimPaymentsToAsk(
  queries: Queries,
  marketplaceId: string,
  now: Date,
  limit: number,
): Promise<PaymentRow[]> {
  return queries.rows<PaymentRow>(sql`
    update payments.payment set asks = asks + 1,
      next_ask_time = ${now}::timestamptz + least(${ASK_SECONDS_MAX}, ${ASK_SECONDS_FIRST} * 2 ^ least(asks + 1, 12)) * interval '1 second'
    where marketplace_id = ${marketplaceId} and id in (
      select id from payments.payment where marketplace_id = ${marketplaceId} and next_ask_time <= ${now}
      order by next_ask_time limit ${limit} for update skip locked
    ) returning ${PAYMENT_COLUMNS}`);
}

/** The captured payment of a checkout, else the latest attempt. A captured one stays the answer after refunds. */
export async function findPaymentOfCheckout(
  queries: Queries,
  marketplaceId: string,
  checkoutId: string,
): Promise<PaymentRow | undefined> {
  return queries.row<PaymentRow>(sql`
    select ${PAYMENT_COLUMNS} from payments.payment where marketplace_id = ${marketplaceId} and checkout_id = ${checkoutId}
    order by order_id is not null desc, state in ('captured', 'partially_refunded') desc, attempt desc limit 1`);
}

/** The payment that a member asked for under this key, if it is there. */
export async function findPaymentByRequest(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
  requestKey: string,
): Promise<PaymentRow | undefined> {
  return queries.row<PaymentRow>(sql`
    select ${PAYMENT_COLUMNS} from payments.payment
    where marketplace_id = ${marketplaceId} and payer_member_id = ${memberId} and request_key = ${requestKey}`);
}

/** Takes the wallet's part out of a locked payment: it is for what the provider brought, no more. */
export async function dropWalletPart(tx: Transaction, payment: PaymentRow): Promise<PaymentRow> {
  return tx.one<PaymentRow>(sql`
    update payments.payment set amount_minor = amount_minor - wallet_minor, wallet_minor = 0
    where marketplace_id = ${tx.marketplaceId} and id = ${payment.id} returning ${PAYMENT_COLUMNS}`);
}

/** Writes what the provider told. The caller holds the lock and checked that it is news. */
export async function updatePaymentState(
  tx: Transaction,
  paymentId: string,
  change: {
    state: PaymentState;
    actionUrl: string | null;
    declineCode: string | null;
    capturedTime: Date | null;
    method: Pick<ShownMethod, 'brand' | 'last4'> | null;
    nextAskTime: Date | null;
  },
): Promise<PaymentRow> {
  return tx.one<PaymentRow>(sql`
    update payments.payment set state = ${change.state}, action_url = ${change.actionUrl}, decline_code = ${change.declineCode},
      captured_time = ${change.capturedTime}, method_brand = coalesce(${change.method?.brand ?? null}, method_brand),
      method_last4 = coalesce(${change.method?.last4 ?? null}, method_last4), next_ask_time = ${change.nextAskTime}, version = version + 1
    where marketplace_id = ${tx.marketplaceId} and id = ${paymentId} returning ${PAYMENT_COLUMNS}`);
}

/**
 * Writes how a locked payment at the door stands after one of its parcels: `due` while any is, and what was `waived` of
 * it is not asked for any more.
 */
export async function settleDuePayment(
  tx: Transaction,
  payment: PaymentRow,
  parcel: { readonly waivedMinor: number; readonly collectedTime: Date | null },
): Promise<PaymentRow> {
  return tx.one<PaymentRow>(sql`
    update payments.payment p set version = version + 1, waived_minor = waived_minor + ${parcel.waivedMinor},
      captured_time = coalesce(captured_time, ${parcel.collectedTime}::timestamptz),
      state = case
        when exists (select from payments.hold h where h.marketplace_id = p.marketplace_id and h.payment_id = p.id and h.state = 'due') then 'due'
        when amount_minor = waived_minor + ${parcel.waivedMinor} then 'canceled'
        when refunded_minor = 0 then 'captured'
        when refunded_minor >= amount_minor - waived_minor - ${parcel.waivedMinor} then 'refunded'
        else 'partially_refunded' end
    where marketplace_id = ${tx.marketplaceId} and id = ${payment.id} returning ${PAYMENT_COLUMNS}`);
}

/** Adds a refund to a locked payment, `walletMinor` of it to the wallet. The database refuses more than was paid. */
export async function addRefunded(
  tx: Transaction,
  payment: PaymentRow,
  amountMinor: number,
  walletMinor = 0,
): Promise<PaymentRow> {
  const refundedMinor = payment.refunded_minor + amountMinor;
  return tx.one<PaymentRow>(sql`
    update payments.payment set refunded_minor = ${refundedMinor}, version = version + 1,
      wallet_refunded_minor = wallet_refunded_minor + ${walletMinor},
      state = ${payment.state === 'due' ? 'due' : refundedState(payment.amount_minor - payment.waived_minor, refundedMinor)}
    where marketplace_id = ${tx.marketplaceId} and id = ${payment.id} returning ${PAYMENT_COLUMNS}`);
}

/** What a payment was paid with and what of it went back. */
export function paidFrom(row: PaymentRow): PaidFrom {
  return {
    amountMinor: row.amount_minor,
    walletMinor: row.wallet_minor,
    refundedMinor: row.refunded_minor,
    walletRefundedMinor: row.wallet_refunded_minor,
  };
}

/** The payment as others see it. */
export function paymentFrom(row: PaymentRow): Payment {
  return {
    id: idFromUuid('payment', row.id),
    purpose: row.purpose,
    checkoutId: row.checkout_id === null ? null : idFromUuid('checkout', row.checkout_id),
    attempt: row.attempt,
    orderId: row.order_id === null ? null : idFromUuid('order', row.order_id),
    state: row.state,
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    walletMinor: row.wallet_minor,
    refundedMinor: row.refunded_minor,
    walletRefundedMinor: row.wallet_refunded_minor,
    waivedMinor: row.waived_minor,
    provider: row.provider,
    method: { kind: row.method_kind, brand: row.method_brand, last4: row.method_last4 },
    actionUrl: row.state === 'requires_action' ? row.action_url : null,
    declineCode: row.decline_code,
    payerMemberId: row.payer_member_id === null ? null : idFromUuid('member', row.payer_member_id),
    createdTime: row.created_time.toISOString(),
    capturedTime: row.captured_time?.toISOString() ?? null,
    version: row.version,
  };
}
