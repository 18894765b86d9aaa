import type { Platform } from '@plaza/runtime';
import type { Stripe } from 'stripe';
import type { BankAccount } from '../domain/bank-account.ts';
import type { PayoutOrder, PayoutOutcome, PayoutProvider } from './payout-provider.ts';
import { ProviderUnavailable } from './provider.ts';
import { answered, isRefusal, stripeClients, stripeSettings } from './stripe-client.ts';
import { stripeSdk } from './stripe-sdk.ts';

/** What Stripe says when there is not enough in our balance there yet: nothing is wrong with the account. */
const OURS = ['balance_insufficient', 'insufficient_funds', 'rate_limit', 'lock_timeout'];

/**
 * Transfers to accounts that sellers have with Stripe, connected to ours (https://docs.stripe.com/connect/separate-charges-and-transfers).
 * Each is made under its payout's id; a repeat looks first for the transfer that carries it, because Stripe forgets keys
 * after a day. What arrived there Stripe pays out by the account's own schedule.
 */
export function createStripeConnect({ environment }: Pick<Platform, 'environment'>): PayoutProvider {
  const clientOf = stripeClients(environment);
  return {
    name: 'stripe-connect',
    abilities: {
      accountKinds: ['stripe_connect'],
      currencies: ['USD', 'THB', 'MXN', 'EUR', 'GBP', 'JPY'],
      verification: 'provider',
      handover: 'api',
      batchMax: 50,
    },
    missingSettings: (marketplaceId) =>
      stripeSettings(environment)
        .missing(marketplaceId)
        .filter((name) => name.endsWith('SECRET_KEY')),
    async isReady(marketplaceId, account) {
      try {
        const found = await clientOf(marketplaceId).accounts.retrieve(connectedId(account));
        return found.payouts_enabled;
      } catch (error) {
        // Not there, or not connected to us.
        if (isRefusal(error) || error instanceof stripeSdk().errors.StripePermissionError) return false;
        throw new ProviderUnavailable('Stripe did not answer', { cause: error });
      }
    },
    async send(marketplaceId, batch, isRepeat) {
      const outcomes: PayoutOutcome[] = [];
      for (const order of batch) {
        try {
          const client = clientOf(marketplaceId);
          const before = isRepeat ? await transferOf(client, order) : undefined;
          const transfer = before ?? (await answered(() => transferTo(client, order)));
          outcomes.push({ payoutId: order.payoutId, state: 'paid', reference: transfer.id });
        } catch (error) {
          // What was not answered has no outcome, and is sent again with the rest.
          if (error instanceof ProviderUnavailable) continue;
          outcomes.push(refusalOf(order, error));
        }
      }
      return outcomes;
    },
    // A transfer is made at once, or not at all.
    ask: async () => [],
  };
}

function transferTo(client: Stripe, { payoutId, amount, account }: PayoutOrder): Promise<Stripe.Transfer> {
  return client.transfers.create(
    {
      amount: amount.amountMinor,
      currency: amount.currency.toLowerCase(),
      destination: connectedId(account),
      transfer_group: payoutId,
      metadata: { plaza_payout: payoutId },
    },
    { idempotencyKey: payoutId },
  );
}

/** The transfer that was made for a payout, if it was. */
async function transferOf(client: Stripe, { payoutId }: PayoutOrder): Promise<Stripe.Transfer | undefined> {
  const { data } = await answered(() => client.transfers.list({ transfer_group: payoutId, limit: 1 }));
  return data[0];
}

function refusalOf({ payoutId }: PayoutOrder, error: unknown): PayoutOutcome {
  if (!isRefusal(error)) throw error;
  const reason = error.code ?? 'refused';
  return { payoutId, state: 'failed', reason, fault: OURS.includes(reason) ? 'bank' : 'account' };
}

function connectedId(account: BankAccount): string {
  return account.kind === 'stripe_connect' ? account.accountId : '';
}
