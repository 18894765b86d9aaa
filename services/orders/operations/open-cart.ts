import type { Context } from '@plaza/kernel';
import type { Queries } from '@plaza/runtime';
import type { CartRecord } from '../domain/cart.ts';
import { errors } from '../errors.ts';
import { findCart } from '../store/cart.ts';

/**
 * Whether the actor may use what a member or a guest made. A member's is theirs alone. A guest's opens by its
 * id, which nobody can guess, and, when the guest had a token, by that token too. Services may open any.
 */
export function isTheirs(
  thing: { readonly memberId: string | null; readonly guestId: string | null },
  { actor }: Context,
): boolean {
  if (actor.kind === 'service') return true;
  if (thing.memberId !== null) return actor.kind === 'member' && actor.memberId === thing.memberId;
  return actor.kind === 'guest' && (thing.guestId === null || thing.guestId === actor.guestId);
}

/** The actor's cart, or CART_NOT_FOUND, also for someone else's. */
export async function openCart(queries: Queries, cartId: string, context: Context): Promise<CartRecord> {
  const cart = await findCart(queries, context.marketplaceId, cartId);
  if (cart === undefined || !isTheirs(cart, context)) throw errors.CART_NOT_FOUND({});
  return cart;
}
