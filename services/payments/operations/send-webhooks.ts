import { type Context, idFromUuid } from '@plaza/kernel';
import { SIGNATURE_HEADER, type SimulatedWebhook, signWebhook, webhookSecret } from '../provider/simulated-webhook.ts';
import { markWebhookSent, type SimulatedChargeRow, takeDueSimulatedCharges } from '../store/simulated-charge.ts';
import { dueSimulatedDisputes, markDisputeTold, type SimulatedDisputeRow } from '../store/simulated-dispute.ts';
import type { Dependencies } from './dependencies.ts';
import { webhookPath } from './take-webhook.ts';

/** Webhooks sent in one run. */
const WEBHOOKS_MAX = 100;

/** Where webhooks are posted to: this service's own route. */
export type WebhookTarget = (request: Request, context: Pick<Context, 'marketplaceId'>) => Promise<Response>;

/**
 * The simulated provider's side of webhooks: posts what is due, signed, and again until it is taken. The request goes
 * straight to our route, so that the demo needs no address the server can reach itself at.
 */
export function sendSimulatedWebhooks({ database, clock, log, signingKey }: Dependencies, post: WebhookTarget) {
  const isTaken = async (marketplaceId: string, webhook: SimulatedWebhook): Promise<boolean> => {
    const body = JSON.stringify(webhook);
    const secret = webhookSecret(signingKey, marketplaceId);
    const request = new Request(`http://localhost${webhookPath('simulated')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signWebhook(secret, body, clock()) },
      body,
    });
    const response = await post(request, { marketplaceId });
    if (!response.ok) log.warn({ webhook: webhook.id, status: response.status }, 'a webhook was not taken; sent again');
    return response.ok;
  };
  return async ({ marketplaceId }: Context): Promise<void> => {
    const queries = database.read(marketplaceId);
    for (const charge of await takeDueSimulatedCharges(queries, marketplaceId, clock(), WEBHOOKS_MAX)) {
      if (await isTaken(marketplaceId, webhookOf(marketplaceId, charge)))
        await markWebhookSent(queries, marketplaceId, charge.payment_id, clock());
    }
    for (const dispute of await dueSimulatedDisputes(queries, marketplaceId, clock(), WEBHOOKS_MAX)) {
      if (await isTaken(marketplaceId, disputeWebhookOf(marketplaceId, dispute)))
        await markDisputeTold(queries, marketplaceId, dispute);
    }
  };
}

function disputeWebhookOf(marketplaceId: string, row: SimulatedDisputeRow): SimulatedWebhook {
  return {
    id: `sev_${row.id}_${row.state}`,
    type: `dispute.${row.state}`,
    marketplaceId,
    paymentId: idFromUuid('payment', row.payment_id),
    disputeReference: row.id,
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    feeMinor: row.fee_minor,
    reason: row.reason,
    evidenceDueTime: row.evidence_due_time.toISOString(),
  };
}

function webhookOf(marketplaceId: string, charge: SimulatedChargeRow): SimulatedWebhook {
  const base = { marketplaceId, paymentId: idFromUuid('payment', charge.payment_id) };
  return charge.state === 'declined'
    ? { ...base, id: `sev_${charge.payment_id}_declined`, type: 'charge.declined', declineCode: 'challenge_failed' }
    : { ...base, id: `sev_${charge.payment_id}_captured`, type: 'charge.captured' };
}
