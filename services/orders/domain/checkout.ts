import type { Currency, Id, VerificationLevel } from '@plaza/kernel';
import type { CheckoutState, ShippingAddress, ShippingChoice } from '../contract/checkout.ts';
import type { TaxDetails } from '../contract/document.ts';
import type { PricingBasis } from './pricing.ts';
import type { Quote } from './quote.ts';

/** A checkout as the database keeps it. */
export type CheckoutRecord = {
  readonly id: Id<'checkout'>;
  readonly state: CheckoutState;
  readonly cartId: Id<'cart'> | null;
  /** The order it becomes; its id is given from the start, so that every step can name it. */
  readonly orderId: Id<'order'>;
  readonly memberId: Id<'member'> | null;
  readonly guestId: string | null;
  readonly locale: string;
  readonly email: string | null;
  readonly address: ShippingAddress | null;
  readonly note: string | null;
  /** Whom the invoices are to be made out to; null: a receipt will do. */
  readonly invoiceDetails: TaxDetails | null;
  readonly shippingChoices: readonly ShippingChoice[];
  readonly paymentMethodId: string | null;
  /** Sealed by payments; forgotten once the checkout is completed. */
  readonly paymentToken: string | null;
  /** What the buyer's wallet pays at most, as it was when they chose to; null: nothing of it. */
  readonly wallet: WalletChoice | null;
  readonly paymentId: Id<'payment'> | null;
  readonly actionUrl: string | null;
  readonly declineCode: string | null;
  /** Which try to pay is under way or comes next; grows with each decline. */
  readonly attempt: number;
  readonly currency: Currency;
  readonly totalMinor: number;
  readonly basis: PricingBasis;
  readonly quote: Quote;
  readonly expireTime: Date;
  readonly version: number;
};

/** `limitMinor`: what the wallet could pay when it was asked. The level is the buyer's, for the wallet's limits. */
export type WalletChoice = { readonly limitMinor: number; readonly verificationLevel: VerificationLevel };

/** What of the total the buyer's wallet pays, in minor units. */
export function walletMinorOf({ wallet, totalMinor }: Pick<CheckoutRecord, 'wallet' | 'totalMinor'>): number {
  return Math.min(wallet?.limitMinor ?? 0, totalMinor);
}

/** How long an untouched checkout keeps its prices. Stock is held only while one is being completed. */
export const OPEN_MINUTES = 60;
/** How long a checkout may be at work before its worker is taken for dead and another goes on. */
export const LEASE_SECONDS = 30;
/** How often a payment that waits is asked about, should its event be late. */
export const ASK_AGAIN_SECONDS = 20;

/** What stock is held for; the catalog counts equal variants together. */
export function linesOf({ quote }: Pick<CheckoutRecord, 'quote'>): { variantId: Id<'variant'>; quantity: number }[] {
  return quote.groups.flatMap(({ lines }) => lines.map(({ variantId, quantity }) => ({ variantId, quantity })));
}

/** What a checkout that is to be completed still needs. Shipping details only for what is shipped; no payment for nothing. */
export function missingOf(
  checkout: Pick<
    CheckoutRecord,
    'email' | 'address' | 'paymentMethodId' | 'quote' | 'memberId' | 'wallet' | 'totalMinor'
  >,
): ('email' | 'address' | 'shipping' | 'paymentMethod')[] {
  const shipped = checkout.quote.groups.filter(({ needsShipping }) => needsShipping);
  const needsAddress = shipped.some(({ shipping }) => shipping?.kind !== 'meet-up' && shipping?.kind !== 'pick-up');
  const missing: ('email' | 'address' | 'shipping' | 'paymentMethod')[] = [];
  if (checkout.email === null && checkout.memberId === null) missing.push('email');
  if (checkout.address === null && needsAddress) missing.push('address');
  if (shipped.some(({ shipping }) => shipping === null)) missing.push('shipping');
  if (checkout.paymentMethodId === null && checkout.totalMinor > walletMinorOf(checkout)) missing.push('paymentMethod');
  return missing;
}
