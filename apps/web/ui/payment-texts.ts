import type { Translate } from '../lib/messages.ts';

const NAMES = [
  'method',
  'number',
  'expiry',
  'securityCode',
  'simulated',
  'testCards',
  'succeeds',
  'declines',
  'challenges',
  'late',
  'bank',
  'unavailable',
] as const;

/** The words of the payment form, to hand to it in the browser. */
export function paymentTexts(t: Translate): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(NAMES.map((name) => [name, t(`pay.${name}`)])),
    savedCards: t('cards.title'),
    otherCard: t('cards.other'),
    atDoor: t('cash.atDoor'),
  };
}

type Setting = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly kind: string;
};
type Offered = { readonly methodId: string; readonly provider: string; readonly publishableKey: string | null };

/** The ways to pay as they stand in the settings, those of them that are offered for an amount. */
export function offeredMethods(settings: readonly Setting[], offered: readonly Offered[]) {
  return settings.flatMap(({ id, label, hint, kind }) => {
    const now = offered.find(({ methodId }) => methodId === id);
    if (now === undefined) return [];
    return { id, label, hint: hint ?? '', kind, provider: now.provider, publishableKey: now.publishableKey };
  });
}

/** A member's cards that are still good, the default first, by what is known of them. */
export function cardChoices(
  cards: readonly {
    readonly id: string;
    readonly brand: string;
    readonly last4: string;
    readonly isExpired: boolean;
  }[],
): { id: string; label: string }[] {
  return cards.flatMap(({ id, brand, last4, isExpired }) =>
    isExpired ? [] : [{ id, label: `${brand} •••• ${last4}` }],
  );
}
