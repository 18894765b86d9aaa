import { createHash } from 'node:crypto';
import { type Id, idFromUuid, typeableCode } from '@plaza/kernel';
import type { Database, Platform } from '@plaza/runtime';
import type { ProviderAbilities } from '../domain/abilities.ts';
import { isPromptPayNumber, type PromptPayTarget } from '../domain/promptpay.ts';
import { findPaymentByReference } from '../store/payment.ts';
import type { PaymentProvider, ProviderOutcome } from './provider.ts';
import { settingName } from './settings.ts';

/** The name that settings give it, and payments keep. */
export const PROMPTPAY = 'promptpay';

const ABILITIES: ProviderAbilities = {
  kinds: ['transfer'],
  currencies: ['THB'],
  minimumMinor: { THB: 100 },
  // Two million baht, the most that Thai banks let through in one transfer.
  maximumMinor: 200_000_000,
  capturesSeparately: false,
  // A bank transfer has no way back of its own: the operator sends a transfer.
  refunds: 'none',
  refundWindowDays: null,
  hasWebhooks: false,
  sendsBuyersElsewhere: false,
  cardEntry: 'plaza',
  isRemote: false,
};

/** What the buyer's bank shows and the operator looks for: ten letters that follow from the payment. */
export function transferReference(paymentId: Id<'payment'>): string {
  const hash = createHash('sha256').update(`transfer\n${paymentId}`).digest();
  return typeableCode(hash.subarray(0, 10));
}

/** Where a marketplace's transfers go: to a receiver, or to a biller, whose bank passes the reference on. */
export function promptPayAccount(
  environment: Platform['environment'],
  marketplaceId: string,
): { readonly target: Target; readonly holderName: string } | undefined {
  const target = targetOf(environment, marketplaceId);
  const holderName = environment[settingName(marketplaceId, 'PROMPTPAY_NAME')];
  return target === undefined || !holderName ? undefined : { target, holderName };
}

type Target = Pick<PromptPayTarget, 'kind' | 'number'>;

function targetOf(environment: Platform['environment'], marketplaceId: string): Target | undefined {
  const setting = (name: string) => environment[settingName(marketplaceId, `PROMPTPAY_${name}`)];
  const [biller, receiver] = [setting('BILLER_ID'), setting('ID')];
  const candidates = [
    { kind: 'biller', number: biller },
    { kind: 'phone', number: receiver },
    { kind: 'taxId', number: receiver },
    { kind: 'eWallet', number: receiver },
  ] as const;
  const found = candidates.find(({ kind, number }) => number !== undefined && isPromptPayNumber(kind, number));
  return found?.number === undefined ? undefined : { kind: found.kind, number: found.number };
}

/** Settings that are not there, or not right; of two that will do, both by name. */
export function missingPromptPaySettings(environment: Platform['environment'], marketplaceId: string): string[] {
  const named = (name: string) => settingName(marketplaceId, `PROMPTPAY_${name}`);
  const hasTarget = targetOf(environment, marketplaceId) !== undefined;
  return [
    ...(hasTarget ? [] : [`${named('ID')} / ${named('BILLER_ID')}`]),
    ...(environment[named('NAME')] ? [] : [named('NAME')]),
  ];
}

/**
 * Thai bank transfers by PromptPay QR code. No machine tells that the money came: the operator does, who finds the
 * transfer in the bank's statement by its reference and amount (confirmTransfer).
 */
export function createPromptPayProvider({
  database,
  environment,
  publicUrl,
}: Pick<Platform, 'environment' | 'publicUrl'> & { readonly database: Database }): PaymentProvider {
  const actionUrlOf = (marketplaceId: string, paymentId: Id<'payment'>) =>
    `${publicUrl(marketplaceId)}/pay/transfer/${paymentId}`;
  const reconcile = async (marketplaceId: string, reference: string): Promise<ProviderOutcome> => {
    const payment = await findPaymentByReference(database.read(marketplaceId), marketplaceId, PROMPTPAY, reference);
    if (payment === undefined) return { state: 'canceled' };
    const paymentId = idFromUuid('payment', payment.id);
    return { state: 'requires_action', actionUrl: actionUrlOf(marketplaceId, paymentId) };
  };
  return {
    name: PROMPTPAY,
    abilities: ABILITIES,
    missingSettings: (marketplaceId) => missingPromptPaySettings(environment, marketplaceId),
    publishableKey: () => null,
    create: async ({ marketplaceId, paymentId, method }) => ({
      reference: transferReference(paymentId),
      method: { kind: method.kind, brand: null, last4: null },
      outcome: { state: 'requires_action', actionUrl: actionUrlOf(marketplaceId, paymentId) },
    }),
    confirm: ({ marketplaceId }, reference) => reconcile(marketplaceId, reference),
    reconcile,
    // Nobody but the buyer can take a transfer back; one that comes later counts, or is sent back.
    cancel: async () => ({ state: 'canceled' }),
    refund: async () => ({ state: 'refused', failureReason: 'refunds_not_supported' }),
  };
}
