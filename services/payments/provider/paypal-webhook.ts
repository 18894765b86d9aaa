import { idSchema, type Money } from '@plaza/kernel';
import { type PayPalClient, PayPalRefusal } from './paypal-client.ts';
import {
  captureOutcome,
  moneyOf,
  PayPalCapture,
  PayPalDispute,
  PayPalOrder,
  PayPalRefund,
  PayPalWebhook,
  payPalOutcome,
} from './paypal-messages.ts';
import type { ProviderEvent, ProviderOutcome } from './provider.ts';

/** PayPal repeats a webhook for three days (https://developer.paypal.com/api/rest/webhooks/); an older one was recorded. */
const REPLAY_WINDOW_SECONDS = 4 * 86_400;

/** What PayPal signs besides the body. */
const SIGNED_HEADERS = ['auth_algo', 'cert_url', 'transmission_id', 'transmission_sig', 'transmission_time'] as const;

type Content<Event = ProviderEvent> = Event extends ProviderEvent ? Omit<Event, 'eventId' | 'type'> : never;

const NOTHING = { about: 'nothing' } as const;

/** The content of a genuine PayPal webhook. PayPal itself is asked whether it signed it (verify-webhook-signature). */
export async function readPayPalEvent(
  client: PayPalClient,
  webhook: { headers: Headers; body: string; webhookId: string; now: Date },
): Promise<ProviderEvent | undefined> {
  const parsed = PayPalWebhook.safeParse(jsonOf(webhook.body));
  if (!parsed.success || !(await isGenuine(client, webhook))) return undefined;
  const { id: eventId, event_type: type, resource } = parsed.data;
  return { eventId, type, ...(await contentOf(client, type, resource)) };
}

async function isGenuine(
  client: PayPalClient,
  { headers, body, webhookId, now }: { headers: Headers; body: string; webhookId: string; now: Date },
): Promise<boolean> {
  const signed = SIGNED_HEADERS.map(
    (name) => [name, headers.get(`paypal-${name.replaceAll('_', '-')}`) ?? ''] as const,
  );
  if (signed.some(([, value]) => value === '')) return false;
  const ageSeconds = (now.getTime() - Date.parse(headers.get('paypal-transmission-time') ?? '')) / 1000;
  if (!(Math.abs(ageSeconds) <= REPLAY_WINDOW_SECONDS)) return false;
  // The event goes back byte by byte: written anew, its signature would not be the same.
  const asked = JSON.stringify({ ...Object.fromEntries(signed), webhook_id: webhookId });
  const question = `${asked.slice(0, -1)},"webhook_event":${body}}`;
  try {
    const answer = await client.postText('/v1/notifications/verify-webhook-signature', question);
    return (answer as { verification_status?: unknown }).verification_status === 'SUCCESS';
  } catch (error) {
    if (error instanceof PayPalRefusal) return false;
    throw error;
  }
}

async function contentOf(client: PayPalClient, type: string, resource: unknown): Promise<Content> {
  switch (type) {
    case 'CHECKOUT.ORDER.APPROVED': {
      const order = PayPalOrder.parse(resource);
      return aboutPayment(order.purchase_units[0]?.custom_id, order.id, payPalOutcome(order));
    }
    case 'PAYMENT.CAPTURE.COMPLETED':
      return aboutCapture(PayPalCapture.parse(resource), captureOutcome('COMPLETED'));
    case 'PAYMENT.CAPTURE.DENIED':
      return aboutCapture(PayPalCapture.parse(resource), captureOutcome('DECLINED'));
    case 'PAYMENT.CAPTURE.REFUNDED':
      return refundOf(client, PayPalRefund.parse(resource));
    case 'CUSTOMER.DISPUTE.CREATED':
    case 'CUSTOMER.DISPUTE.UPDATED':
    case 'CUSTOMER.DISPUTE.RESOLVED':
      return disputeOf(client, PayPalDispute.parse(resource));
    default:
      return NOTHING;
  }
}

function aboutCapture({ custom_id: customId, amount, supplementary_data }: PayPalCapture, outcome: ProviderOutcome) {
  // Of which order it is must be told: anybody can have an order made at PayPal that calls itself one of our payments.
  const reference = supplementary_data?.related_ids.order_id;
  const captured = outcome.state === 'captured' && amount !== undefined ? (moneyOf(amount) ?? null) : null;
  return reference === undefined ? NOTHING : aboutPayment(customId, reference, outcome, captured);
}

function aboutPayment(
  customId: string | undefined,
  reference: string,
  outcome: ProviderOutcome,
  captured: Money | null = null,
): Content {
  const paymentId = idSchema('payment').safeParse(customId).data;
  return paymentId === undefined ? NOTHING : { about: 'payment', paymentId, reference, captured, outcome };
}

async function refundOf(client: PayPalClient, refund: ReturnType<typeof PayPalRefund.parse>): Promise<Content> {
  const captureUrl = refund.links.find(({ rel }) => rel === 'up')?.href ?? '';
  const reference = await orderOfCapture(client, captureUrl.split('/').at(-1) ?? '');
  const amount = refund.amount === undefined ? undefined : moneyOf(refund.amount);
  if (reference === undefined || amount === undefined) return NOTHING;
  const isFailed = refund.status === 'FAILED' || refund.status === 'CANCELLED';
  return {
    about: 'refund',
    reference,
    refundReference: refund.id,
    refundId: idSchema('refund').safeParse(refund.custom_id).data ?? null,
    amountMinor: amount.amountMinor,
    state: isFailed ? 'failed' : 'taken',
    failureReason: isFailed ? refund.status.toLowerCase() : null,
  };
}

async function disputeOf(client: PayPalClient, dispute: ReturnType<typeof PayPalDispute.parse>): Promise<Content> {
  const reference = await orderOfCapture(client, dispute.disputed_transactions[0]?.seller_transaction_id ?? '');
  const amount = moneyOf(dispute.dispute_amount);
  if (reference === undefined || amount === undefined) return NOTHING;
  const { outcome_code: outcome = '' } = dispute.dispute_outcome ?? {};
  const isLost = outcome === 'RESOLVED_BUYER_FAVOUR' || outcome === 'ACCEPTED';
  return {
    about: 'dispute',
    reference,
    disputeReference: dispute.dispute_id,
    state: dispute.status !== 'RESOLVED' ? 'opened' : isLost ? 'lost' : 'won',
    amount,
    isTaken: isLost || dispute.dispute_life_cycle_stage !== 'INQUIRY',
    // PayPal does not tell its fee with the dispute.
    feeMinor: 0,
    reason: dispute.reason.toLowerCase(),
    evidenceDueTime: dispute.seller_response_due_date === undefined ? null : new Date(dispute.seller_response_due_date),
  };
}

/** The order, by which we know the payment, of a capture, by which refunds and disputes name it. */
async function orderOfCapture(client: PayPalClient, captureId: string): Promise<string | undefined> {
  if (!/^[A-Z0-9-]{1,40}$/i.test(captureId)) return undefined;
  try {
    const capture = PayPalCapture.parse(await client.get(`/v2/payments/captures/${captureId}`));
    return capture.supplementary_data?.related_ids.order_id;
  } catch (error) {
    if (error instanceof PayPalRefusal) return undefined;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON is not genuine
  }
}
