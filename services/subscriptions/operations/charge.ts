import { asService, type Context, Fault, idFromUuid, money, newId } from '@plaza/kernel';
import { isDisputed } from '../store/dispute.ts';
import { findInvoice, type InvoiceRow } from '../store/invoice.ts';
import { findSubscription } from '../store/subscription.ts';
import type { Dependencies } from './dependencies.ts';
import { checkoutIdOf, type PaymentNews, settle } from './settle.ts';

/**
 * Asks for the money of an open invoice with its payer's default card, and writes how it went. May be repeated at any
 * point and by two processes at once: a try has one number, and payments make one payment of it. A payment of an
 * earlier try that waits for its member is given up first. Answers the invoice as it then stands.
 */
export async function charge(
  dependencies: Dependencies,
  context: Context,
  invoiceUuid: string,
  { isByTimer = false }: { readonly isByTimer?: boolean } = {},
): Promise<InvoiceRow | undefined> {
  const { database, payments, clock } = dependencies;
  const { marketplaceId } = context;
  const queries = database.read(marketplaceId);
  const invoice = await findInvoice(queries, marketplaceId, invoiceUuid);
  if (invoice === undefined || invoice.state !== 'open') return invoice;
  // Another process may have charged it since it was listed; the next try has its own time.
  if (isByTimer && (invoice.next_attempt_time === null || invoice.next_attempt_time > clock())) return invoice;
  const asked = asService('subscriptions', context);
  if (invoice.payment_id !== null) {
    const paymentId = idFromUuid('payment', invoice.payment_id);
    const known = await payments.getPayment({ paymentId }, asked);
    const isToReplace = known.state === 'requires_action' && (invoice.kind === 'renewal' || invoice.kind === 'final');
    const payment = isToReplace ? await payments.cancelPayment({ paymentId }, asked) : known;
    const settled = await write(dependencies, context, invoiceUuid, payment);
    const isNextTry = settled?.state === 'open' && settled.payment_id === null && settled.attempt > invoice.attempt;
    if (!isNextTry) return settled;
  }
  return createPayment(dependencies, context, invoiceUuid);
}

async function createPayment(
  dependencies: Dependencies,
  context: Context,
  invoiceUuid: string,
): Promise<InvoiceRow | undefined> {
  const { database, payments, marketplaces, publicUrl } = dependencies;
  const { marketplaceId } = context;
  const queries = database.read(marketplaceId);
  const invoice = await findInvoice(queries, marketplaceId, invoiceUuid);
  if (invoice === undefined || invoice.state !== 'open') return invoice;
  const subscription = await findSubscription(queries, marketplaceId, invoice.subscription_id);
  if (subscription === undefined) return invoice;
  // Its payer's bank contests what was paid before: nothing more is asked for until that is decided.
  if (await isDisputed(queries, marketplaceId, subscription.id)) return invoice;
  const { total_minor: totalMinor, currency, attempt } = invoice;
  const settings = marketplaces.get(marketplaceId);
  const payerMemberId = idFromUuid('member', subscription.payer_member_id);
  const asked = asService('subscriptions', context);
  const { method } = await payments.getDefaultMethod({ memberId: payerMemberId }, asked);
  const refused = (declineCode: string): PaymentNews => ({
    id: newId('payment'),
    attempt,
    state: 'declined',
    actionUrl: null,
    declineCode,
  });
  if (method === null) return write(dependencies, context, invoiceUuid, refused('no_card'));
  const page = subscription.owner_kind === 'store' ? 'studio/plan' : 'account';
  let payment: PaymentNews;
  try {
    payment = await payments.createPayment(
      {
        checkoutId: checkoutIdOf(invoiceUuid),
        purpose: 'subscription',
        attempt,
        amount: money(totalMinor, currency),
        taxMinor: invoice.tax_minor,
        method: { kind: 'card', token: method.id },
        payerMemberId,
        isOffSession: context.actor.kind === 'service',
        returnUrl: `${publicUrl(marketplaceId)}/${settings.locales[0]}/${page}`,
      },
      asked,
    );
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'PAYMENT_METHOD_INVALID') throw error;
    payment = refused('card_unusable');
  }
  return write(dependencies, context, invoiceUuid, payment);
}

/** Writes what is known of a payment; money that no invoice needs goes back. */
export async function write(
  { database, marketplaces, payments, clock }: Dependencies,
  context: Context,
  invoiceUuid: string,
  payment: PaymentNews,
): Promise<InvoiceRow | undefined> {
  const { marketplaceId } = context;
  const settled = await database.transaction(marketplaceId, (tx) =>
    settle(tx, marketplaces.get(marketplaceId), invoiceUuid, payment, clock()),
  );
  if (settled?.isSurplus) {
    const reason = 'The invoice was withdrawn or paid already.';
    await payments.refundPayment({ paymentId: payment.id, reason }, asService('subscriptions', context));
  }
  return settled?.invoice;
}

/** Gives up the payments of invoices that were closed; should one have its money already, it goes back by its event. */
export async function abandon(
  { payments, log }: Dependencies,
  context: Context,
  closed: readonly InvoiceRow[],
): Promise<void> {
  for (const { id, payment_id: paymentUuid } of closed) {
    if (paymentUuid === null) continue;
    const paymentId = idFromUuid('payment', paymentUuid);
    await payments
      .cancelPayment({ paymentId }, asService('subscriptions', context))
      .catch((error: unknown) => log.warn({ err: error, invoiceId: id }, 'the payment of a closed invoice stays open'));
  }
}
