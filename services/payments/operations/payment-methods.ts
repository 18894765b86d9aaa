import type { Handlers } from '@plaza/kernel';
import type { paymentsContract } from '../contract.ts';
import { namedProviders, offeredMethods, smallestPayable } from '../domain/route-payment.ts';
import { abilitiesOf } from '../provider/registry.ts';
import { WALLET } from '../provider/wallet.ts';
import type { Dependencies } from './dependencies.ts';

type Reads = Pick<Handlers<typeof paymentsContract>, 'listPaymentMethods' | 'listPaymentProviders'>;

/** The ways to pay that a marketplace offers, and the providers that carry them out. */
export function paymentMethods({ marketplaces, providers }: Pick<Dependencies, 'marketplaces' | 'providers'>): Reads {
  return {
    listPaymentMethods: async ({ input, context: { marketplaceId } }) => {
      const { paymentMethods } = marketplaces.get(marketplaceId);
      // Paying at the door is offered by what is bought, and of whom: checkCashOffer.
      const methods = paymentMethods.filter(({ kind }) => kind !== 'cash');
      const items = offeredMethods(methods, abilitiesOf(providers), input).map((offered) => {
        const provider = providers.get(offered.provider);
        return {
          ...offered,
          cardEntry: provider?.abilities.cardEntry ?? 'plaza',
          publishableKey: provider?.publishableKey(marketplaceId) ?? null,
        };
      });
      return { items, smallestMinor: smallestPayable(methods, abilitiesOf(providers), input.currency) };
    },
    listPaymentProviders: async ({ context: { marketplaceId } }) => {
      const { paymentMethods, wallet } = marketplaces.get(marketplaceId);
      const used = new Set([...namedProviders(paymentMethods), ...(wallet === undefined ? [] : [WALLET])]);
      // The wallet is money that is here already: no other books hold it.
      const outside = [...providers.values()].filter(({ name }) => name !== WALLET);
      const items = outside.map(({ name, abilities, report, missingSettings }) => ({
        name,
        kinds: [...abilities.kinds],
        currencies: [...abilities.currencies],
        refunds: abilities.refunds,
        hasReports: report !== undefined,
        isUsed: used.has(name),
        missingSettings: missingSettings(marketplaceId),
      }));
      return { items };
    },
  };
}
