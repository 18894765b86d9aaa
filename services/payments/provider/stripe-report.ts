import { Currency } from '@plaza/kernel';
import type { Stripe } from 'stripe';
import type { ReportLine } from '../domain/reconciliation.ts';

/** Sources are expanded, so that a movement names its payment: a charge's intent, a refund, a dispute. */
const EXPANDED = ['data.source'];

/**
 * Stripe's balance transactions of a period, as movements (https://docs.stripe.com/api/balance_transactions). What is
 * neither payment, refund nor dispute (Stripe's payouts to the operator's bank, its own fees) is none of the buyers' money.
 */
export async function* stripeReport(
  client: Stripe,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncGenerator<ReportLine> {
  const created = { gte: Math.floor(from.getTime() / 1000), lt: Math.ceil(to.getTime() / 1000) };
  for await (const each of client.balanceTransactions.list({ created, limit: 100, expand: EXPANDED })) {
    const line = lineOf(each);
    if (line !== undefined) yield line;
  }
}

function lineOf(each: Stripe.BalanceTransaction): ReportLine | undefined {
  const currency = Currency.safeParse(each.currency.toUpperCase()).data;
  const { source } = each;
  if (currency === undefined || source === null || typeof source === 'string') return undefined;
  const movement = {
    amountMinor: each.amount,
    feeMinor: each.fee,
    currency,
    time: new Date(each.created * 1000),
  };
  switch (source.object) {
    case 'charge':
      return { ...movement, subject: 'payment', reference: idOf(source.payment_intent) ?? source.id };
    case 'refund': {
      const refundId = source.metadata?.plaza_refund;
      return { ...movement, subject: 'refund', reference: source.id, ...(refundId === undefined ? {} : { refundId }) };
    }
    case 'dispute':
      // The fee of a dispute is booked with it, so it is no fee of the day besides.
      return { ...movement, amountMinor: each.net, feeMinor: 0, subject: 'chargeback', reference: source.id };
    default:
      return undefined;
  }
}

function idOf(reference: string | { readonly id: string } | null): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id;
}
