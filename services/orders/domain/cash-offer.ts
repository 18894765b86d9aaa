import type { CashRules, MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { CashProblem } from '../contract/checkout-errors.ts';
import type { CheckoutRecord } from './checkout.ts';

/** The rules of paying at the door, when that is the method chosen. */
export function cashRulesOf(
  { paymentMethods }: Pick<MarketplaceSettings, 'paymentMethods'>,
  methodId: string | null,
): CashRules | undefined {
  return paymentMethods.find(({ id }) => id === methodId)?.cash;
}

/**
 * What of the purchase itself speaks against paying at the door: only parcels with physical things are, to the countries of
 * the rules. Who buys of whom is for payments to say. Undefined: nothing.
 */
export function purchaseProblem(
  { quote, address }: Pick<CheckoutRecord, 'quote' | 'address'>,
  { countries }: CashRules,
): CashProblem | undefined {
  if (quote.groups.some(({ lines }) => lines.some(({ kind }) => kind !== 'physical'))) return 'NOT_ALL_PHYSICAL';
  const kinds = quote.groups.map(({ shipping }) => shipping?.kind);
  if (kinds.some((kind) => kind === 'meet-up' || kind === 'pick-up')) return 'NOT_A_PARCEL';
  return address !== null && !countries.includes(address.countryCode) ? 'COUNTRY' : undefined;
}
