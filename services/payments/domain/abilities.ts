import type { Currency, Money } from '@plaza/kernel';
import type { PaymentKind } from '../contract/payments.ts';

/** Who takes cash at the door: the seller, or a courier of theirs; or a carrier, which hands it on to the marketplace. */
export type CashCollector = 'seller' | 'carrier';

/** What a payment provider can do, as data: routing reads it, and the start of the service holds the settings against it. */
export type ProviderAbilities = {
  readonly kinds: readonly PaymentKind[];
  readonly currencies: readonly Currency[];
  /** The smallest payment in minor units, where there is one. */
  readonly minimumMinor: Readonly<Partial<Record<Currency, number>>>;
  /** The largest payment in minor units. */
  readonly maximumMinor: number;
  /** The buyer's approval and the taking of the money are two calls. */
  readonly capturesSeparately: boolean;
  readonly refunds: 'none' | 'whole' | 'partial';
  /** Days after the capture in which it sends money back; null: no limit. */
  readonly refundWindowDays: number | null;
  readonly hasWebhooks: boolean;
  /** Some payments are approved on the provider's own page. */
  readonly sendsBuyersElsewhere: boolean;
  /** Where a card is entered: in our form, or in the provider's own, which shows us only a token. */
  readonly cardEntry: 'plaza' | 'provider';
  /** The money comes at the door, and this one takes it; left out: it comes before the order is placed. */
  readonly collector?: CashCollector;
  /** Its answers cross a network and may be lost, so a payment is written down before it is asked. */
  readonly isRemote: boolean;
};

/** Whether a provider can carry out a payment of this kind and amount. Nothing to pay is asked of no provider, so any can. */
export function canPay(abilities: ProviderAbilities, kind: PaymentKind, { amountMinor, currency }: Money): boolean {
  return (
    abilities.kinds.includes(kind) &&
    abilities.currencies.includes(currency) &&
    (amountMinor === 0 ||
      (amountMinor >= (abilities.minimumMinor[currency] ?? 1) && amountMinor <= abilities.maximumMinor))
  );
}

/** Why a provider cannot send a refund; undefined when it can. The operator then sends the money another way. */
export function refundRefusal(
  { refunds, refundWindowDays }: ProviderAbilities,
  refund: {
    readonly amountMinor: number;
    readonly paymentMinor: number;
    readonly capturedTime: Date;
    readonly now: Date;
  },
): 'refunds_not_supported' | 'partial_refunds_not_supported' | 'refund_window_closed' | undefined {
  if (refunds === 'none') return 'refunds_not_supported';
  if (refunds === 'whole' && refund.amountMinor !== refund.paymentMinor) return 'partial_refunds_not_supported';
  const daysSince = (refund.now.getTime() - refund.capturedTime.getTime()) / 86_400_000;
  return refundWindowDays !== null && daysSince > refundWindowDays ? 'refund_window_closed' : undefined;
}

/** Contradictions in what a provider says of itself; told at start. */
export function abilityMistakes(abilities: ProviderAbilities, has: { capture: boolean; webhook: boolean }): string[] {
  const mistakes: string[] = [];
  if (abilities.kinds.length === 0) mistakes.push('names no kind of payment');
  if (abilities.currencies.length === 0) mistakes.push('names no currency');
  if (abilities.capturesSeparately !== has.capture)
    mistakes.push('must have a capture exactly if it captures separately');
  if (abilities.hasWebhooks !== has.webhook) mistakes.push('must read webhooks exactly if it has them');
  for (const [currency, minimum] of Object.entries(abilities.minimumMinor)) {
    if (minimum > abilities.maximumMinor) mistakes.push(`has a minimum of ${currency} above its maximum`);
  }
  return mistakes;
}
