import { cartErrors } from './contract/cart-errors.ts';
import { checkoutErrors } from './contract/checkout-errors.ts';
import { documentErrors } from './contract/document-errors.ts';
import { orderErrors } from './contract/order-errors.ts';

/** Everything the orders service refuses to do. */
export const errors = { ...cartErrors, ...checkoutErrors, ...orderErrors, ...documentErrors };
