import { type Context, idFromUuid } from '@plaza/kernel';
import { SIGNATURE_HEADER, type SimulatedWebhook, signWebhook, webhookSecret } from '../provider/simulated-webhook.ts';
import { markWebhookSent, type SimulatedChargeRow, takeDueSimulatedCharges } from '../store/simulated-charge.ts';
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
  return async ({ marketplaceId }: Context): Promise<void> => {
    const queries = database.read(marketplaceId);
    const secret = webhookSecret(signingKey, marketplaceId);
    for (const charge of await takeDueSimulatedCharges(queries, marketplaceId, clock(), WEBHOOKS_MAX)) {
      const body = JSON.stringify(webhookOf(marketplaceId, charge));
      const request = new Request(`http://localhost${webhookPath('simulated')}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signWebhook(secret, body, clock()) },
        body,
      });
      const response = await post(request, { marketplaceId });
      if (response.ok) await markWebhookSent(queries, marketplaceId, charge.payment_id, clock());
      else log.warn({ paymentId: charge.payment_id, status: response.status }, 'a webhook was not taken; sent again');
    }
  };
}

function webhookOf(marketplaceId: string, charge: SimulatedChargeRow): SimulatedWebhook {
  const base = { marketplaceId, paymentId: idFromUuid('payment', charge.payment_id) };
  return charge.state === 'declined'
    ? { ...base, id: `sev_${charge.payment_id}_declined`, type: 'charge.declined', declineCode: 'challenge_failed' }
    : { ...base, id: `sev_${charge.payment_id}_captured`, type: 'charge.captured' };
}
