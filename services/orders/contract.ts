import { cartOperations } from './contract/cart.ts';
import { checkoutOperations } from './contract/checkout.ts';

export * from './contract/cart.ts';
export * from './contract/checkout.ts';

/** From the cart to the completed order: buying, and what follows. */
export const ordersContract = { ...cartOperations, ...checkoutOperations };
