import type { Handler } from '@plaza/kernel';
import type { paymentsContract } from '../contract.ts';
import { namedProviders } from '../domain/route-payment.ts';
import { errors } from '../errors.ts';
import type { Dependencies } from './dependencies.ts';

/**
 * Seals a test card. Refused where no provider takes cards from our form: a real card's number must not reach us, so
 * that a marketplace with a real provider stays in PCI DSS's smallest scope (SAQ A).
 */
export function createPaymentMethod({
  vault,
  clock,
  marketplaces,
  providers,
}: Dependencies): Handler<typeof paymentsContract.createPaymentMethod> {
  return async ({ input, context: { marketplaceId } }) => {
    const cardMethods = marketplaces.get(marketplaceId).paymentMethods.filter(({ kind }) => kind === 'card');
    const isEnteredHere = namedProviders(cardMethods).some(
      (name) => providers.get(name)?.abilities.cardEntry === 'plaza',
    );
    if (!isEnteredHere) throw errors.PAYMENT_METHOD_INVALID({});
    return vault.seal(marketplaceId, input, clock());
  };
}
