import { asService, type Handlers, money } from '@plaza/kernel';
import type { checkoutOperations } from '../contract/checkout.ts';
import type { BuyingDependencies } from '../dependencies.ts';
import { cashRulesOf, purchaseProblem } from '../domain/cash-offer.ts';
import { type CheckoutRecord, walletMinorOf } from '../domain/checkout.ts';
import { errors } from '../errors.ts';
import { openCheckout } from './create-checkout.ts';

/** Whether a checkout can be paid at the door: asked for the buyer to see, and again when it is completed so. */
export function cashOffers({
  database,
  marketplaces,
  payments,
}: BuyingDependencies): Pick<Handlers<typeof checkoutOperations>, 'getCashOffer'> {
  return {
    async getCashOffer({ input, context }) {
      const { marketplaceId } = context;
      const checkout = await openCheckout(database.read(marketplaceId), input.checkoutId, context);
      const settings = marketplaces.get(marketplaceId);
      const method = settings.paymentMethods.find(({ kind }) => kind === 'cash');
      const rules = method?.cash;
      const { currency, memberId, quote } = checkout;
      if (method === undefined || rules === undefined)
        return { methodId: null, problem: null, fee: money(0, currency) };
      const parcels = quote.groups.filter(({ needsShipping }) => needsShipping).length;
      const feeMinor = parcels * rules.feeMinor;
      const isChosen = checkout.paymentMethodId === method.id;
      const offer = await payments.checkCashOffer(
        {
          amountMinor: checkout.totalMinor + (isChosen ? 0 : feeMinor),
          currency,
          storeIds: quote.groups.map(({ storeId }) => storeId),
          memberId,
        },
        asService('orders', context),
      );
      const problem = purchaseProblem(checkout, rules) ?? offer.problem;
      return { methodId: method.id, problem, fee: money(feeMinor, currency) };
    },
  };
}

/** Refuses to complete a checkout at the door that cannot be, before anything is taken. @throws CASH_NOT_OFFERED */
export function requireParcels(checkout: CheckoutRecord, settings: Parameters<typeof cashRulesOf>[0]): void {
  const rules = cashRulesOf(settings, checkout.paymentMethodId);
  if (rules === undefined) return;
  const isAllOfWallet = walletMinorOf(checkout) === checkout.totalMinor;
  const problem = isAllOfWallet ? undefined : purchaseProblem(checkout, rules);
  if (problem !== undefined) throw errors.CASH_NOT_OFFERED({ problem });
}
