import { addressMistakes, invalidInput, newId, noneOf } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { PaymentKind } from '@plaza/payments/contract';
import type { ShippingAddress, ShippingChoice } from '../contract/checkout.ts';
import type { TaxDetails } from '../contract/document.ts';
import { cashRulesOf } from '../domain/cash-offer.ts';
import { type CheckoutRecord, type WalletChoice, walletMinorOf } from '../domain/checkout.ts';
import { plainDetails } from '../domain/document/tax-id.ts';
import { type ComputedTaxes, type PricingBasis, priceQuote } from '../domain/pricing.ts';
import type { Quote } from '../domain/quote.ts';
import { errors } from '../errors.ts';

/** What the buyer may send at creation, and later to change it. */
export type Choices = {
  readonly email?: string | undefined;
  readonly address?: ShippingAddress | undefined;
  readonly shipping?: readonly ShippingChoice[] | undefined;
  readonly payment?: { readonly methodId: string; readonly token?: string | undefined } | undefined;
  readonly note?: string | undefined;
  readonly invoiceDetails?: TaxDetails | null | undefined;
  /** What the wallet can pay, asked when the buyer chose to use it; null: they chose not to. */
  readonly wallet?: WalletChoice | null | undefined;
};

export const newIds = { line: () => newId('orderLine'), group: () => newId('shipmentGroup') };

/** The quote of a basis for where it goes and how. Without an address, taxes are those of the marketplace's first country. */
export function quoteFor(
  basis: PricingBasis,
  {
    address,
    shippingChoices,
    locale,
    paymentMethodId,
  }: Pick<CheckoutRecord, 'address' | 'shippingChoices' | 'locale' | 'paymentMethodId'>,
  settings: MarketplaceSettings,
  computed?: ComputedTaxes,
): Quote {
  const place = {
    country: address?.countryCode ?? (settings.countries[0] as string),
    region: address?.region ?? null,
  };
  const { tax, commission } = settings;
  const parcelFeeMinor = cashRulesOf(settings, paymentMethodId)?.feeMinor ?? 0;
  return priceQuote(basis, { place, shipping: shippingChoices, locale, parcelFeeMinor }, { tax, commission, computed });
}

/** The checkout with the buyer's choices and the quote that follows from them. */
export function withChoices(checkout: CheckoutRecord, choices: Choices, settings: MarketplaceSettings): CheckoutRecord {
  refuseMistakes(checkout, choices, settings);
  const { email, address, shipping, payment, note, invoiceDetails } = choices;
  const kept = checkout.shippingChoices.filter(({ storeId }) => !shipping?.some((each) => each.storeId === storeId));
  const chosen: CheckoutRecord = {
    ...checkout,
    email: email ?? checkout.email,
    address: address ?? checkout.address,
    note: note ?? checkout.note,
    invoiceDetails:
      invoiceDetails === undefined ? checkout.invoiceDetails : invoiceDetails && plainDetails(invoiceDetails),
    shippingChoices: [...kept, ...(shipping ?? [])],
    paymentMethodId: payment?.methodId ?? checkout.paymentMethodId,
    paymentToken: payment === undefined ? checkout.paymentToken : (payment.token ?? null),
    wallet: choices.wallet === undefined ? checkout.wallet : choices.wallet,
    declineCode: payment === undefined ? checkout.declineCode : null,
  };
  const quote = quoteFor(chosen.basis, chosen, settings);
  return { ...chosen, quote, totalMinor: quote.totalMinor };
}

/**
 * How payments is told by which method and with what to pay, and what of it the wallet pays. Nothing to pay needs no
 * method: payments asks no provider then.
 */
export function paymentMethodOf(checkout: CheckoutRecord, settings: MarketplaceSettings) {
  const walletMinor = walletMinorOf(checkout);
  if (checkout.wallet === null || walletMinor === 0) return chosenMethod(checkout, settings);
  const payerVerificationLevel = checkout.wallet.verificationLevel;
  return walletMinor === checkout.totalMinor
    ? { method: { kind: 'wallet' as const }, payerVerificationLevel }
    : { ...chosenMethod(checkout, settings), walletMinor, payerVerificationLevel };
}

function chosenMethod(checkout: CheckoutRecord, settings: MarketplaceSettings) {
  const method = settings.paymentMethods.find(({ id }) => id === checkout.paymentMethodId);
  const kind = PaymentKind.safeParse(method?.kind).data ?? 'card';
  return {
    ...(method === undefined ? {} : { methodId: method.id }),
    method: kind === 'card' ? { kind, token: checkout.paymentToken ?? '' } : { kind },
  };
}

function refuseMistakes(checkout: CheckoutRecord, choices: Choices, settings: MarketplaceSettings): void {
  const { basis } = checkout;
  const { address, shipping = [], payment } = choices;
  if (address !== undefined && !settings.countries.includes(address.countryCode))
    throw invalidInput([{ pointer: '/address/countryCode', code: 'country', ...noneOf(settings.countries) }]);
  const mistakes = address === undefined ? [] : addressMistakes(address, '/address');
  if (mistakes.length > 0) throw invalidInput(mistakes);
  const { safePoints } = settings.shipping.meetUp;
  for (const [i, { storeId, optionId, safePointId }] of shipping.entries()) {
    const store = basis.stores.find((each) => each.storeId === storeId);
    if (!store?.shippingOptions.some(({ id }) => id === optionId))
      throw invalidInput([{ pointer: `/shipping/${i}/optionId`, code: 'option', detail: 'is not offered here' }]);
    if (safePointId !== undefined && !safePoints.some(({ id }) => id === safePointId))
      throw invalidInput([{ pointer: `/shipping/${i}/safePointId`, code: 'safePoint', detail: 'is not a safe point' }]);
  }
  if (payment === undefined) return;
  const available = settings.paymentMethods.filter(({ kind }) => PaymentKind.safeParse(kind).success);
  const method = available.find(({ id }) => id === payment.methodId);
  if (method === undefined) throw errors.PAYMENT_METHOD_UNKNOWN({ available: available.map(({ id }) => id) });
  const { wallet = checkout.wallet } = choices;
  const restMinor = checkout.totalMinor - walletMinorOf({ ...checkout, wallet });
  if (method.kind === 'card' && payment.token === undefined && restMinor > 0)
    throw invalidInput([{ pointer: '/payment/token', code: 'required', detail: 'must be given for a card' }]);
}
