import { type Currency, type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { empty, type Queries, type Sql, sql, type Writer } from '@plaza/runtime';
import type { CheckoutRecord } from '../domain/checkout.ts';

type CheckoutRow = {
  id: string;
  cart_id: string | null;
  order_id: string;
  member_id: string | null;
  guest_id: string | null;
  state: CheckoutRecord['state'];
  locale: string;
  email: string | null;
  address: CheckoutRecord['address'];
  note: string | null;
  invoice_details: CheckoutRecord['invoiceDetails'];
  shipping_choices: CheckoutRecord['shippingChoices'];
  payment_method_id: string | null;
  payment_token: string | null;
  wallet: CheckoutRecord['wallet'];
  payment_id: string | null;
  action_url: string | null;
  decline_code: string | null;
  attempt: number;
  currency: Currency;
  total_minor: number;
  basis: CheckoutRecord['basis'];
  quote: CheckoutRecord['quote'];
  expire_time: Date;
  version: number;
};

const columns = sql`id, cart_id, order_id, member_id, guest_id, state, locale, email, address, note, invoice_details, shipping_choices,
  payment_method_id, payment_token, wallet, payment_id, action_url, decline_code, attempt, currency, total_minor, basis, quote,
  expire_time, version`;

function checkoutFrom(row: CheckoutRow): CheckoutRecord {
  return {
    id: idFromUuid('checkout', row.id),
    cartId: row.cart_id === null ? null : idFromUuid('cart', row.cart_id),
    orderId: idFromUuid('order', row.order_id),
    memberId: row.member_id === null ? null : idFromUuid('member', row.member_id),
    guestId: row.guest_id,
    state: row.state,
    locale: row.locale,
    email: row.email,
    address: row.address,
    note: row.note,
    invoiceDetails: row.invoice_details,
    shippingChoices: row.shipping_choices,
    paymentMethodId: row.payment_method_id,
    paymentToken: row.payment_token,
    wallet: row.wallet,
    paymentId: row.payment_id === null ? null : idFromUuid('payment', row.payment_id),
    actionUrl: row.action_url,
    declineCode: row.decline_code,
    attempt: row.attempt,
    currency: row.currency,
    totalMinor: row.total_minor,
    basis: row.basis,
    quote: row.quote,
    expireTime: row.expire_time,
    version: row.version,
  };
}

export async function insertCheckout(
  writer: Writer,
  marketplaceId: string,
  checkout: CheckoutRecord,
  now: Date,
): Promise<void> {
  await writer.execute(sql`
    insert into orders.checkout (marketplace_id, id, cart_id, order_id, member_id, guest_id, state, locale, email, address,
      note, invoice_details, shipping_choices, payment_method_id, payment_token, wallet, currency, total_minor, basis, quote, expire_time,
      due_time, created_time, updated_time)
    values (${marketplaceId}, ${uuidFromId(checkout.id)}, ${uuidOrNull(checkout.cartId)}, ${uuidFromId(checkout.orderId)},
      ${uuidOrNull(checkout.memberId)}, ${checkout.guestId}, ${checkout.state}, ${checkout.locale}, ${checkout.email},
      ${jsonOrNull(checkout.address)}, ${checkout.note}, ${jsonOrNull(checkout.invoiceDetails)}, ${JSON.stringify(checkout.shippingChoices)},
      ${checkout.paymentMethodId}, ${checkout.paymentToken}, ${jsonOrNull(checkout.wallet)}, ${checkout.currency}, ${checkout.totalMinor},
      ${JSON.stringify(checkout.basis)}, ${JSON.stringify(checkout.quote)}, ${checkout.expireTime}, ${checkout.expireTime},
      ${now}, ${now})`);
}

export async function findCheckout(
  queries: Queries,
  marketplaceId: string,
  id: string,
): Promise<CheckoutRecord | undefined> {
  const row = await queries.row<CheckoutRow>(sql`
    select ${columns} from orders.checkout where marketplace_id = ${marketplaceId} and id = ${uuidFromId(id)}`);
  return row && checkoutFrom(row);
}

/** Saves what the buyer chose and what it costs, if the checkout is open and nobody changed it since it was read. */
export async function saveChoices(
  queries: Queries,
  marketplaceId: string,
  checkout: CheckoutRecord,
  now: Date,
): Promise<boolean> {
  const saved = await queries.execute(sql`
    update orders.checkout set email = ${checkout.email}, address = ${jsonOrNull(checkout.address)}, note = ${checkout.note},
      invoice_details = ${jsonOrNull(checkout.invoiceDetails)},
      shipping_choices = ${JSON.stringify(checkout.shippingChoices)}, payment_method_id = ${checkout.paymentMethodId},
      payment_token = ${checkout.paymentToken}, wallet = ${jsonOrNull(checkout.wallet)}, decline_code = ${checkout.declineCode}, total_minor = ${checkout.totalMinor},
      basis = ${JSON.stringify(checkout.basis)}, quote = ${JSON.stringify(checkout.quote)},
      version = version + 1, updated_time = ${now}
    where ${asRead(marketplaceId, checkout)} and state = 'open'`);
  return saved === 1;
}

/** Takes an open checkout to work on, alone, until `until`: finds its row if nobody changed it since it was read. */
export function takeOpen(marketplaceId: string, checkout: CheckoutRecord, until: Date, now: Date): Sql {
  return sql`
    update orders.checkout set state = 'completing', due_time = ${until}, payment_method_id = ${checkout.paymentMethodId},
      payment_token = ${checkout.paymentToken}, decline_code = null, version = version + 1, updated_time = ${now}
    where ${asRead(marketplaceId, checkout)} and state = 'open'`;
}

/** The payment waits for the buyer or the provider until `until`; the timer asks about it from `askAgain` on. */
export async function awaitPayment(
  queries: Queries,
  marketplaceId: string,
  checkoutId: string,
  payment: { paymentId: string; actionUrl: string | null; until: Date; askAgain: Date },
  now: Date,
): Promise<void> {
  await queries.execute(sql`
    update orders.checkout set state = 'awaiting_payment', payment_id = ${uuidFromId(payment.paymentId)},
      action_url = ${payment.actionUrl}, expire_time = ${payment.until}, due_time = ${payment.askAgain},
      version = version + 1, updated_time = ${now}
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(checkoutId)} and state = 'completing'`);
}

/** After a refusal: open again, for another try (a new attempt when the last one was declined). */
export async function reopen(
  queries: Queries,
  marketplaceId: string,
  checkout: Pick<CheckoutRecord, 'id' | 'attempt' | 'wallet'>,
  decline: { code: string } | null,
  expireTime: Date,
  now: Date,
): Promise<boolean> {
  const reopened = await queries.execute(sql`
    update orders.checkout set state = 'open', action_url = null, payment_id = null,
      decline_code = ${decline?.code ?? null}, attempt = attempt + ${decline === null ? 0 : 1},
      payment_token = case when ${decline !== null} then null else payment_token end, wallet = ${jsonOrNull(checkout.wallet)},
      expire_time = ${expireTime}, due_time = ${expireTime}, version = version + 1, updated_time = ${now}
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(checkout.id)} and attempt = ${checkout.attempt}
      and state in ('completing', 'awaiting_payment')`);
  return reopened === 1;
}

type End = { readonly state: 'completed' | 'expired' | 'refunded'; readonly paymentId: Id<'payment'> | null };

/**
 * An end of the checkout; its card token is forgotten. False: it had ended before, as an order or refunded (an expired
 * one can still become either, when money comes late); or its worker was taken for dead, and another has it (claimDue).
 */
export async function close(
  queries: Queries,
  marketplaceId: string,
  checkout: CheckoutRecord,
  end: End,
  now: Date,
): Promise<boolean> {
  return (await queries.execute(closing(marketplaceId, checkout, end, now))) === 1;
}

/** The same with the last writes of a transaction: where it would answer false, all of that fails (see isClosed). */
export async function closeOrFail(
  writer: Writer,
  marketplaceId: string,
  checkout: CheckoutRecord,
  end: End,
  now: Date,
): Promise<void> {
  await writer.execute(sql`
    with closed as (${closing(marketplaceId, checkout, end, now)} returning true)
    select plaza.must(exists (select from closed), 'checkout_open')`);
}

/** Whether writes failed because the checkout had ended, or was another's, before them. */
export function isClosed(error: unknown): boolean {
  return (error as { readonly constraint?: string }).constraint === 'checkout_open';
}

function closing(marketplaceId: string, { id, state, version }: CheckoutRecord, end: End, now: Date): Sql {
  const isOfWorker = state === 'completing' ? sql`and version = ${version}` : empty;
  return sql`
    update orders.checkout set state = ${end.state}, payment_id = ${uuidOrNull(end.paymentId)}, payment_token = null,
      action_url = null, due_time = null, version = version + 1, updated_time = ${now}
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(id)} and state not in ('completed', 'refunded') ${isOfWorker}`;
}

/** Open checkouts that were not completed in time: they hold nothing, so nothing has to be given back. */
export async function expireOpen(queries: Queries, marketplaceId: string, now: Date): Promise<void> {
  await queries.execute(sql`
    update orders.checkout set state = 'expired', payment_token = null, due_time = null, version = version + 1, updated_time = ${now}
    where marketplace_id = ${marketplaceId} and state = 'open' and due_time <= ${now}`);
}

export type CheckoutState = { readonly state: CheckoutRecord['state']; readonly paymentId: Id<'payment'> | null };

/** Where checkouts stand, by id, without the weight of their quotes. */
export async function findStates(
  queries: Queries,
  marketplaceId: string,
  checkoutIds: readonly string[],
): Promise<Map<string, CheckoutState>> {
  if (checkoutIds.length === 0) return new Map();
  const rows = await queries.rows<Pick<CheckoutRow, 'id' | 'state' | 'payment_id'>>(sql`
    select id, state, payment_id from orders.checkout
    where marketplace_id = ${marketplaceId} and id = any((select ${checkoutIds.map(uuidFromId)}::uuid[])::uuid[])`);
  return new Map(
    rows.map(({ id, state, payment_id }) => [
      idFromUuid('checkout', id),
      { state, paymentId: payment_id === null ? null : idFromUuid('payment', payment_id) },
    ]),
  );
}

/** Claims checkouts whose time has come, until `until`, so that two workers never take the same. */
export async function claimDue(
  queries: Queries,
  marketplaceId: string,
  limit: number,
  now: Date,
  until: Date,
): Promise<CheckoutRecord[]> {
  const rows = await queries.rows<CheckoutRow>(sql`
    update orders.checkout set due_time = ${until}, version = version + 1
    where marketplace_id = ${marketplaceId} and id in (
      select id from orders.checkout where marketplace_id = ${marketplaceId} and due_time <= ${now}
      order by due_time limit ${limit} for update skip locked)
    returning ${columns}`);
  return rows.map(checkoutFrom);
}

function asRead(marketplaceId: string, { id, version }: CheckoutRecord): Sql {
  return sql`marketplace_id = ${marketplaceId} and id = ${uuidFromId(id)} and version = ${version}`;
}

function uuidOrNull(id: string | null): string | null {
  return id === null ? null : uuidFromId(id);
}

function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
