import type { ChargeRequest, PaymentProvider, ProviderOutcome } from './provider.ts';
import { answered, isRefusal, refusalCode, type StripeClients } from './stripe-client.ts';
import { outcomeOf } from './stripe-outcome.ts';

type Charging = Pick<PaymentProvider, 'create' | 'confirm' | 'capture' | 'cancel' | 'reconcile'>;

/**
 * Charges by Stripe's Payment Intents. The intent is created unconfirmed, which moves no money, and confirmed by its id
 * once we have written that down; so whatever answer is lost, the id is there to ask by. What was entered in Stripe's own
 * form comes here as a confirmation token (`ctoken_…`) or a payment method (`pm_…`).
 */
export function charging(clientOf: StripeClients): Charging {
  const retrieve = (marketplaceId: string, reference: string) =>
    clientOf(marketplaceId).paymentIntents.retrieve(reference, { expand: ['latest_charge'] });
  const cancel = async (marketplaceId: string, reference: string): Promise<ProviderOutcome> =>
    answered(async () => {
      try {
        return outcomeOf(await clientOf(marketplaceId).paymentIntents.cancel(reference));
      } catch (error) {
        // It is past canceling: how it stands is the answer.
        if (isRefusal(error)) return outcomeOf(await retrieve(marketplaceId, reference));
        throw error;
      }
    });
  const reconcile = async (marketplaceId: string, reference: string): Promise<ProviderOutcome> => {
    const intent = await answered(() => retrieve(marketplaceId, reference));
    const neverTried = intent.last_payment_error === null;
    const isUnconfirmed = intent.status === 'requires_confirmation' || intent.status === 'requires_payment_method';
    // A confirmation of ours may still be on its way: canceled, the intent refuses it.
    return isUnconfirmed && neverTried ? cancel(marketplaceId, reference) : outcomeOf(intent);
  };

  return {
    async create({ marketplaceId, paymentId, amount, method, customerReference }) {
      const shown = { kind: method.kind, brand: null, last4: null };
      try {
        const intent = await answered(() =>
          clientOf(marketplaceId).paymentIntents.create(
            {
              amount: amount.amountMinor,
              currency: amount.currency.toLowerCase(),
              allowed_payment_method_types: ['card'],
              ...(typeof customerReference === 'string' ? { customer: customerReference } : {}),
              metadata: { plaza_payment: paymentId, plaza_marketplace: marketplaceId },
            },
            { idempotencyKey: `${paymentId}:create` },
          ),
        );
        return { reference: intent.id, method: shown };
      } catch (error) {
        const declineCode = refusalCode(error);
        return { reference: '', method: shown, outcome: { state: 'declined', declineCode } };
      }
    },

    async confirm({ marketplaceId, paymentId, method, returnUrl, isOffSession }: ChargeRequest, reference) {
      const token = method.kind === 'card' ? method.token : '';
      const entered = token.startsWith('ctoken_') ? { confirmation_token: token } : { payment_method: token };
      try {
        return await answered(async () =>
          outcomeOf(
            await clientOf(marketplaceId).paymentIntents.confirm(
              reference,
              {
                ...entered,
                // Without its member nobody can be sent anywhere, so there is nowhere to come back from.
                ...(isOffSession === true ? { off_session: true } : { return_url: returnUrl }),
                expand: ['latest_charge'],
              },
              { idempotencyKey: `${paymentId}:confirm` },
            ),
          ),
        );
      } catch (error) {
        const declineCode = refusalCode(error);
        // Confirmed before, by a call whose answer was lost longer ago than Stripe keeps its key.
        if (declineCode === 'payment_intent_unexpected_state') return reconcile(marketplaceId, reference);
        return { state: 'declined', declineCode };
      }
    },

    capture: (marketplaceId, reference) =>
      answered(async () =>
        outcomeOf(
          await clientOf(marketplaceId).paymentIntents.capture(
            reference,
            { expand: ['latest_charge'] },
            { idempotencyKey: `${reference}:capture` },
          ),
        ),
      ),
    cancel,
    reconcile,
  };
}
