import type { Handlers } from '@plaza/kernel';
import type { Reaction, Timer } from '@plaza/runtime';
import type { cartOperations } from './contract/cart.ts';
import type { checkoutOperations } from './contract/checkout.ts';
import type { OrdersDependencies } from './dependencies.ts';

/** The half of the service up to the placed order: carts and checkouts. */
export function createBuying(_dependencies: OrdersDependencies): {
  handlers: Handlers<typeof cartOperations & typeof checkoutOperations>;
  reactions: Reaction[];
  timers: Timer[];
} {
  throw new Error('being written');
}
