import { asService, type Handlers, newId } from '@plaza/kernel';
import { inSteps } from '@plaza/runtime';
import { CART_LINES_MAX, cartOperations } from '../contract/cart.ts';
import type { BuyingDependencies } from '../dependencies.ts';
import { cartView, priceLines } from '../domain/cart.ts';
import { errors } from '../errors.ts';
import {
  deleteCoupon,
  deleteLine,
  findCart,
  findCartOfMember,
  insertCart,
  mergeInto,
  putCoupon,
  setLine,
} from '../store/cart.ts';
import { isTheirs, openCart } from './open-cart.ts';
import { loadCartPrices } from './price-cart.ts';

type ChangeHandlers = Pick<
  Handlers<typeof cartOperations>,
  'updateCartLine' | 'removeCartLine' | 'applyCoupon' | 'removeCoupon' | 'mergeCart'
>;

/** Changes that may be repeated without harm: setting, removing, merging. */
export function changeCart(dependencies: BuyingDependencies): ChangeHandlers {
  const { database, clock, marketing } = dependencies;
  return {
    updateCartLine: inSteps(database, cartOperations.updateCartLine, async ({ input, context }) => {
      const { marketplaceId } = context;
      const queries = database.read(marketplaceId);
      const cart = await openCart(queries, input.cartId, context);
      const before = cart.lines.find(({ id }) => id === input.lineId);
      if (before === undefined) throw errors.CART_LINE_NOT_FOUND({});
      const { quantity } = input;
      const lines = cart.lines.map((line) => (line.id === before.id ? { ...line, quantity } : line));
      const prices = await loadCartPrices(dependencies, { ...cart, lines }, context);
      const priced = priceLines(lines, prices).find(({ record }) => record.id === before.id);
      const codes = priced?.problems.map(({ code }) => code) ?? [];
      // Fewer pieces are always allowed: it mends a line that asks for too many.
      if (quantity > before.quantity && codes.includes('OUT_OF_STOCK'))
        throw errors.OUT_OF_STOCK({
          variantId: before.variantId,
          requested: priced?.quoted?.quantity ?? quantity,
          free: priced?.quoted?.freeQuantity ?? 0,
        });
      if (quantity > before.quantity && codes.includes('OFFER_ENDED')) throw errors.OFFER_NOT_USABLE({});
      const line = { ...before, quantity, unitPriceMinor: priced?.unitPriceMinor ?? before.unitPriceMinor };
      const now = clock();
      if (!(await setLine(queries, marketplaceId, cart.id, line, now))) throw errors.CART_LINE_NOT_FOUND({});
      const after = lines.map((each) => (each.id === line.id ? line : each));
      return cartView({ ...cart, lines: after, version: cart.version + 1, updatedTime: now }, prices);
    }),

    removeCartLine: inSteps(database, cartOperations.removeCartLine, async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      const cart = await openCart(queries, input.cartId, context);
      const lines = cart.lines.filter(({ id }) => id !== input.lineId);
      const now = clock();
      await deleteLine(queries, context.marketplaceId, cart.id, input.lineId, now);
      const after = { ...cart, lines, version: cart.version + 1, updatedTime: now };
      return cartView(after, await loadCartPrices(dependencies, after, context));
    }),

    applyCoupon: inSteps(database, cartOperations.applyCoupon, async ({ input, context }) => {
      const { marketplaceId, actor } = context;
      const cart = await openCart(database.read(marketplaceId), input.cartId, context);
      const code = input.code.toUpperCase();
      const memberId = actor.kind === 'member' ? { memberId: actor.memberId } : {};
      const { items } = await marketing.checkCoupons({ codes: [code], ...memberId }, asService('orders', context));
      const checked = items[0];
      if (checked === undefined || checked.problem === 'UNKNOWN' || checked.coupon === null)
        throw errors.COUPON_NOT_FOUND({});
      if (checked.problem !== null) throw errors.COUPON_NOT_USABLE({ code, problem: checked.problem });
      const { storeId } = checked.coupon;
      const now = clock();
      await database.transaction(marketplaceId, (tx) => putCoupon(tx, cart.id, { code, storeId }, now));
      const after = await openCart(database.read(marketplaceId), cart.id, context);
      return cartView(after, await loadCartPrices(dependencies, after, context));
    }),

    removeCoupon: inSteps(database, cartOperations.removeCoupon, async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      const cart = await openCart(queries, input.cartId, context);
      const code = input.code.toUpperCase();
      const now = clock();
      await deleteCoupon(queries, context.marketplaceId, cart.id, code, now);
      const couponCodes = cart.couponCodes.filter((each) => each !== code);
      const after = { ...cart, couponCodes, version: cart.version + 1, updatedTime: now };
      return cartView(after, await loadCartPrices(dependencies, after, context));
    }),

    mergeCart: inSteps(database, cartOperations.mergeCart, async ({ input, context }) => {
      const { marketplaceId, actor } = context;
      if (actor.kind !== 'member') throw errors.CART_NOT_FOUND({});
      const queries = database.read(marketplaceId);
      const [guestCart, own] = await Promise.all([
        findCart(queries, marketplaceId, input.cartId),
        findCartOfMember(queries, marketplaceId, actor.memberId),
      ]);
      // Merged before, or the member's own already: what they have is the answer.
      const isOthers = guestCart !== undefined && guestCart.memberId !== null && !isTheirs(guestCart, context);
      if (isOthers || (guestCart === undefined && own === undefined)) throw errors.CART_NOT_FOUND({});
      const now = clock();
      const ownId =
        own?.id ??
        (await insertCart(queries, marketplaceId, {
          id: newId('cart'),
          memberId: actor.memberId,
          guestId: null,
          now,
        }));
      if (guestCart !== undefined && guestCart.memberId === null) {
        const different = new Set([...(own?.lines ?? []), ...guestCart.lines].map(({ variantId }) => variantId));
        if (different.size > CART_LINES_MAX) throw errors.CART_FULL({ linesMax: CART_LINES_MAX });
        await database.transaction(marketplaceId, (tx) => mergeInto(tx, guestCart.id, ownId, now));
      }
      const cart = await openCart(queries, ownId, context);
      return cartView(cart, await loadCartPrices(dependencies, cart, context));
    }),
  };
}
