import { createHash } from 'node:crypto';
import type { Stripe } from 'stripe';
import type { PaymentProvider, SaveCardOutcome, SaveCardRequest } from './provider.ts';
import { answered, refusalCode, type StripeClients } from './stripe-client.ts';

/**
 * Cards kept at Stripe for payments without their member: a customer for each member, and a Setup Intent that is
 * confirmed with what was entered in Stripe's own form (https://docs.stripe.com/payments/setup-intents). Where the bank
 * asks first, the member comes back with the intent's id (`seti_…`), which is then the token; it is of this member by its
 * metadata, or refused.
 */
export function cardKeeping(clientOf: StripeClients): Required<Pick<PaymentProvider, 'saveCard' | 'forgetCard'>> {
  const begin = async (request: SaveCardRequest): Promise<Stripe.SetupIntent> => {
    const { marketplaceId, memberId, token, returnUrl } = request;
    const client = clientOf(marketplaceId);
    const metadata = { plaza_member: memberId, plaza_marketplace: marketplaceId };
    const customer =
      request.customerReference ??
      (await answered(() => client.customers.create({ metadata }, { idempotencyKey: `${memberId}:customer` }))).id;
    const entered = token.startsWith('ctoken_') ? { confirmation_token: token } : { payment_method: token };
    // The same card from the same form is the same request, however often it is sent.
    const key = createHash('sha256').update(`${memberId}\n${token}`).digest('hex');
    return answered(() =>
      client.setupIntents.create(
        {
          customer,
          ...entered,
          confirm: true,
          usage: 'off_session',
          allowed_payment_method_types: ['card'],
          return_url: returnUrl,
          metadata,
          expand: ['payment_method'],
        },
        { idempotencyKey: `${key}:save` },
      ),
    );
  };
  return {
    async saveCard(request) {
      const { marketplaceId, memberId, token } = request;
      try {
        const intent = token.startsWith('seti_')
          ? await answered(() => clientOf(marketplaceId).setupIntents.retrieve(token, { expand: ['payment_method'] }))
          : await begin(request);
        return intent.metadata?.plaza_member === memberId
          ? outcomeOf(intent)
          : { state: 'refused', declineCode: 'not_theirs' };
      } catch (error) {
        return { state: 'refused', declineCode: refusalCode(error) };
      }
    },
    async forgetCard(marketplaceId, token) {
      try {
        await answered(() => clientOf(marketplaceId).paymentMethods.detach(token));
      } catch (error) {
        // Refused: it is not there, which is what was asked for.
        refusalCode(error);
      }
    },
  };
}

function outcomeOf({
  status,
  next_action: action,
  payment_method: method,
  customer,
}: Stripe.SetupIntent): SaveCardOutcome {
  const card = typeof method === 'object' ? method?.card : undefined;
  const customerReference = typeof customer === 'string' ? customer : (customer?.id ?? null);
  if (status === 'succeeded' && typeof method === 'object' && method !== null && card !== undefined && card !== null) {
    const { brand, last4, exp_month: expiryMonth, exp_year: expiryYear } = card;
    return { state: 'saved', card: { token: method.id, customerReference, brand, last4, expiryMonth, expiryYear } };
  }
  const actionUrl = action?.redirect_to_url?.url;
  return status === 'requires_action' && typeof actionUrl === 'string'
    ? { state: 'requires_action', actionUrl }
    : { state: 'refused', declineCode: status };
}
