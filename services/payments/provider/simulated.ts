import { Currency, idFromUuid, uuidFromId } from '@plaza/kernel';
import type { Database, Platform } from '@plaza/runtime';
import { PaymentKind } from '../contract.ts';
import type { ProviderAbilities } from '../domain/abilities.ts';
import { errors } from '../errors.ts';
import {
  decideSimulatedCharge,
  findSimulatedCharge,
  insertSimulatedCharge,
  type SimulatedChargeRow,
} from '../store/simulated-charge.ts';
import { decideSimulatedDispute } from '../store/simulated-dispute.ts';
import type { Charge, PaymentProvider, ProviderOutcome } from './provider.ts';
import type { Card, CardVault } from './simulated-card.ts';
import { SIGNATURE_HEADER, verifyWebhook, webhookSecret } from './simulated-webhook.ts';

/** How long after its creation a late payment is decided. */
export const LATE_SECONDS = 5;

const SIMULATED_ABILITIES: ProviderAbilities = {
  kinds: PaymentKind.exclude(['wallet']).options,
  currencies: Currency.options,
  minimumMinor: {},
  maximumMinor: Number.MAX_SAFE_INTEGER,
  capturesSeparately: false,
  refunds: 'partial',
  refundWindowDays: null,
  hasWebhooks: true,
  sendsBuyersElsewhere: true,
  cardEntry: 'plaza',
  isRemote: false,
};

type SimulatedOptions = Pick<Platform, 'clock' | 'publicUrl' | 'signingKey'> & {
  readonly database: Database;
  readonly vault: CardVault;
};

/**
 * A provider with the real flow and no money. What it decides at once costs no statement; a challenge and a late
 * payment are kept on its own side (`simulated_charge`), told by signed webhook, and answered when asked.
 */
export function createSimulatedProvider(options: SimulatedOptions): PaymentProvider {
  const { database, vault, clock, publicUrl, signingKey } = options;

  const outcomeOf = (marketplaceId: string, row: SimulatedChargeRow): ProviderOutcome => {
    switch (row.state) {
      case 'open':
        return { state: 'requires_action', actionUrl: actionUrlOf(marketplaceId, row.payment_id) };
      case 'declined':
        return { state: 'declined', declineCode: 'challenge_failed' };
      case 'approved':
        return { state: 'captured' };
      default:
        return { state: row.state };
    }
  };
  const actionUrlOf = (marketplaceId: string, paymentUuid: string) =>
    `${publicUrl(marketplaceId)}/pay/simulated/${idFromUuid('payment', paymentUuid)}`;

  const reconcile = async (marketplaceId: string, reference: string): Promise<ProviderOutcome> => {
    const row = await findSimulatedCharge(database.read(marketplaceId), marketplaceId, reference);
    return row === undefined ? { state: 'canceled' } : outcomeOf(marketplaceId, row);
  };

  return {
    name: 'simulated',
    abilities: SIMULATED_ABILITIES,
    missingSettings: () => [],
    publishableKey: () => null,

    async create({ marketplaceId, paymentId, amount, method, returnUrl }): Promise<Charge> {
      const now = clock();
      const card = method.kind === 'card' ? vault.open(marketplaceId, method.token, now) : undefined;
      if (method.kind === 'card' && card === undefined) throw errors.PAYMENT_METHOD_INVALID({});
      const reference = uuidFromId(paymentId);
      const shown = { kind: method.kind, brand: card?.brand ?? null, last4: card?.last4 ?? null };
      const atOnce = card === undefined ? undefined : decidedAtOnce(card);
      if (atOnce !== undefined) return { outcome: atOnce, reference, method: shown };

      const isLate = card?.outcome === 'late';
      const charge: SimulatedChargeRow = {
        payment_id: reference,
        state: isLate ? 'pending' : 'open',
        kind: method.kind,
        last4: shown.last4,
        amount_minor: amount.amountMinor,
        currency: amount.currency,
        return_url: returnUrl,
        webhook_due_time: isLate ? new Date(now.getTime() + LATE_SECONDS * 1000) : null,
      };
      await insertSimulatedCharge(database.read(marketplaceId), marketplaceId, charge);
      return { outcome: outcomeOf(marketplaceId, charge), reference, method: shown };
    },

    confirm: ({ marketplaceId }, reference) => reconcile(marketplaceId, reference),
    reconcile,

    async cancel(marketplaceId, reference) {
      const queries = database.read(marketplaceId);
      const decision = { state: 'canceled', webhookDueTime: null } as const;
      const row =
        (await decideSimulatedCharge(queries, marketplaceId, reference, decision)) ??
        (await findSimulatedCharge(queries, marketplaceId, reference));
      return row === undefined ? { state: 'canceled' } : outcomeOf(marketplaceId, row);
    },

    async saveCard({ marketplaceId, token }) {
      const card = vault.open(marketplaceId, token, clock());
      if (card === undefined) throw errors.PAYMENT_METHOD_INVALID({});
      const { brand, last4, expiryMonth, expiryYear } = card;
      const kept = vault.keep(marketplaceId, card);
      return kept === undefined
        ? { state: 'refused', declineCode: card.outcome }
        : { state: 'saved', card: { token: kept, customerReference: null, brand, last4, expiryMonth, expiryYear } };
    },

    // There is no money to send: whoever is asked twice has nothing to do either time.
    refund: async () => ({ state: 'taken', reference: null }),

    // As in Stripe's test mode, what is written decides (https://docs.stripe.com/testing#disputes).
    async submitEvidence({ marketplaceId, disputeReference, text }) {
      const outcome = /winning_evidence/.test(text) ? 'won' : /losing_evidence/.test(text) ? 'lost' : undefined;
      if (outcome !== undefined)
        await decideSimulatedDispute(database.read(marketplaceId), marketplaceId, disputeReference, outcome, clock());
    },

    async webhook(marketplaceId, headers, body) {
      const signature = headers.get(SIGNATURE_HEADER) ?? '';
      const secret = webhookSecret(signingKey, marketplaceId);
      return verifyWebhook(secret, marketplaceId, { signature, body, now: clock() });
    },
  };
}

function decidedAtOnce({ outcome }: Card): ProviderOutcome | undefined {
  switch (outcome) {
    case 'captured':
      return { state: 'captured' };
    case 'challenge':
    case 'late':
      return undefined;
    default:
      return { state: 'declined', declineCode: outcome };
  }
}
