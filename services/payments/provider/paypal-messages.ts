import { Currency, currencyExponent, type Money, parseAmount } from '@plaza/kernel';
import { z } from 'zod';
import type { ProviderOutcome } from './provider.ts';

/** What we read of PayPal's answers (https://developer.paypal.com/docs/api/orders/v2/); the rest may change. */
const Amount = z.object({ currency_code: z.string(), value: z.string() });
const Link = z.object({ rel: z.string(), href: z.string() });
const Capture = z.object({ id: z.string(), status: z.string() });

export const PayPalOrder = z.object({
  id: z.string(),
  status: z.string(),
  links: z.array(Link).default([]),
  purchase_units: z
    .array(
      z.object({
        custom_id: z.string().optional(),
        payments: z.object({ captures: z.array(Capture).default([]) }).optional(),
      }),
    )
    .default([]),
});
export type PayPalOrder = z.output<typeof PayPalOrder>;

export const PayPalRefund = z.object({
  id: z.string(),
  status: z.string(),
  amount: Amount.optional(),
  custom_id: z.string().optional(),
  links: z.array(Link).default([]),
});

export const PayPalCapture = z.object({
  amount: Amount.optional(),
  custom_id: z.string().optional(),
  supplementary_data: z.object({ related_ids: z.object({ order_id: z.string() }) }).optional(),
});

export type PayPalCapture = z.output<typeof PayPalCapture>;

export const PayPalDispute = z.object({
  dispute_id: z.string(),
  reason: z.string().default('OTHER'),
  status: z.string(),
  dispute_amount: Amount,
  /** INQUIRY: the two sides talk, and the money stays. Absent in older events. */
  dispute_life_cycle_stage: z.string().optional(),
  dispute_outcome: z.object({ outcome_code: z.string() }).optional(),
  seller_response_due_date: z.string().optional(),
  disputed_transactions: z.array(z.object({ seller_transaction_id: z.string() })).min(1),
});

export const PayPalWebhook = z.object({ id: z.string(), event_type: z.string(), resource: z.unknown() });

/** PayPal's amounts are decimal texts with as many decimals as the currency has. */
export function payPalAmount({ amountMinor, currency }: Money): z.output<typeof Amount> {
  const exponent = currencyExponent(currency);
  const digits = String(amountMinor).padStart(exponent + 1, '0');
  const value = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return { currency_code: currency, value };
}

/** The amount of a text of PayPal's; undefined when it is in a currency that is none of ours. */
export function moneyOf({ currency_code, value }: z.output<typeof Amount>): Money | undefined {
  const currency = Currency.safeParse(currency_code).data;
  const amountMinor = currency === undefined ? undefined : parseAmount(value, currency);
  return currency === undefined || amountMinor === undefined ? undefined : { amountMinor, currency };
}

/** What an order's status means here. Only a completed capture is money. */
export function payPalOutcome(order: PayPalOrder): ProviderOutcome {
  switch (order.status) {
    case 'APPROVED':
      return { state: 'approved' };
    case 'VOIDED':
      return { state: 'canceled' };
    case 'COMPLETED':
      return captureOutcome(captureOf(order)?.status ?? 'PENDING');
    default: {
      const link = order.links.find(({ rel }) => rel === 'payer-action' || rel === 'approve');
      return link === undefined ? { state: 'pending' } : { state: 'requires_action', actionUrl: link.href };
    }
  }
}

/** What a capture's status means here. A refunded capture was captured: its refunds are told on their own. */
export function captureOutcome(status: string): ProviderOutcome {
  switch (status) {
    case 'COMPLETED':
    case 'PARTIALLY_REFUNDED':
    case 'REFUNDED':
      return { state: 'captured' };
    case 'DECLINED':
    case 'FAILED':
      return { state: 'declined', declineCode: status.toLowerCase() };
    default:
      return { state: 'pending' };
  }
}

export function captureOf(order: PayPalOrder): z.output<typeof Capture> | undefined {
  return order.purchase_units[0]?.payments?.captures[0];
}
