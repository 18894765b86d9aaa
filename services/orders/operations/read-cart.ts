import type { Handlers } from '@plaza/kernel';
import type { cartOperations } from '../contract/cart.ts';
import type { BuyingDependencies } from '../dependencies.ts';
import { cartView } from '../domain/cart.ts';
import { errors } from '../errors.ts';
import { findCartOfGuest, findCartOfMember } from '../store/cart.ts';
import { openCart } from './open-cart.ts';
import { loadCartPrices } from './price-cart.ts';

/** Carts to look at: one statement and one quote. */
export function readCart(
  dependencies: BuyingDependencies,
): Pick<Handlers<typeof cartOperations>, 'getCart' | 'getCurrentCart'> {
  const { database } = dependencies;
  return {
    async getCart({ input, context }) {
      const cart = await openCart(database.read(context.marketplaceId), input.cartId, context);
      return cartView(cart, await loadCartPrices(dependencies, cart, context));
    },
    async getCurrentCart({ context }) {
      const { actor, marketplaceId } = context;
      const queries = database.read(marketplaceId);
      const cart =
        actor.kind === 'member'
          ? await findCartOfMember(queries, marketplaceId, actor.memberId)
          : actor.kind === 'guest' && actor.guestId !== undefined
            ? await findCartOfGuest(queries, marketplaceId, actor.guestId)
            : undefined;
      if (cart === undefined) throw errors.CART_NOT_FOUND({});
      return cartView(cart, await loadCartPrices(dependencies, cart, context));
    },
  };
}
