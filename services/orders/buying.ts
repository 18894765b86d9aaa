import type { Handlers } from '@plaza/kernel';
import type { Reaction, Timer } from '@plaza/runtime';
import type { cartOperations } from './contract/cart.ts';
import type { checkoutOperations } from './contract/checkout.ts';
import type { BuyingDependencies } from './dependencies.ts';
import { cashOffers } from './operations/cash-offer.ts';
import { changeCart } from './operations/change-cart.ts';
import { completeCheckout } from './operations/complete-checkout.ts';
import { prepareCheckout } from './operations/create-checkout.ts';
import { dueCheckouts } from './operations/due-checkouts.ts';
import { fillCart } from './operations/fill-cart.ts';
import { hearPayments } from './operations/hear-payments.ts';
import { readCart } from './operations/read-cart.ts';

/** The half of the service up to the placed order: carts and checkouts. */
export function createBuying(dependencies: BuyingDependencies): {
  handlers: Handlers<typeof cartOperations & typeof checkoutOperations>;
  reactions: Reaction[];
  timers: Timer[];
} {
  return {
    handlers: {
      ...readCart(dependencies),
      ...fillCart(dependencies),
      ...changeCart(dependencies),
      ...prepareCheckout(dependencies),
      ...cashOffers(dependencies),
      completeCheckout: completeCheckout(dependencies),
    },
    reactions: hearPayments(dependencies),
    timers: [dueCheckouts(dependencies)],
  };
}
