import type { Context } from '@plaza/kernel';
import { Fault, uuidFromId } from '@plaza/kernel';
import type { PaymentProvider } from '../provider/provider.ts';
import { lockPayment } from '../store/payment.ts';
import { recordProviderEvent } from '../store/provider-event.ts';
import type { Dependencies } from './dependencies.ts';
import { followProvider } from './follow-provider.ts';

/** No provider sends more; a longer body is not read. */
const BODY_BYTES_MAX = 65_536;

/**
 * The webhook route of a provider. Answers 200 once an event is in the books or was there before, 400 to what is not
 * genuine, and anything else when the provider should send it again.
 */
export function takeWebhook(deps: Dependencies, provider: PaymentProvider) {
  return async (request: Request, { marketplaceId }: Pick<Context, 'marketplaceId'>): Promise<Response> => {
    const body = await readBody(request);
    const event = body === undefined ? undefined : provider.parseWebhook(marketplaceId, request.headers, body);
    if (event === undefined) return Response.json({ taken: false, reason: 'not genuine' }, { status: 400 });
    const now = deps.clock();
    try {
      await deps.database.transaction(marketplaceId, async (tx) => {
        const isNew = await recordProviderEvent(tx, provider.name, event, now);
        if (!isNew) return;
        const payment = await lockPayment(tx, uuidFromId(event.paymentId));
        await followProvider(tx, deps.ledger, payment, event.outcome, now);
      });
    } catch (error) {
      // It may overtake our own record of the payment: the provider sends it again.
      if (error instanceof Fault && error.code === 'PAYMENT_NOT_FOUND') {
        return Response.json({ taken: false, reason: 'payment not known yet' }, { status: 409 });
      }
      throw error;
    }
    return Response.json({ taken: true });
  };
}

/** The body, or undefined when it is too long. */
async function readBody(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
