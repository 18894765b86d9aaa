import { type Call, type Context, type Handler, type Handlers, type Id, newId } from '@plaza/kernel';
import { inTransaction, type Queries, type Writer } from '@plaza/runtime';
import { CART_LINES_MAX, cartOperations, LINE_QUANTITY_MAX } from '../contract/cart.ts';
import type { BuyingDependencies } from '../dependencies.ts';
import { type CartLineRecord, type CartPrices, type CartRecord, cartView, snapshotOf } from '../domain/cart.ts';
import { errors } from '../errors.ts';
import { addLine, findCartOfMember, insertCart, insertCartWithLine } from '../store/cart.ts';
import { openCart } from './open-cart.ts';
import { loadPrices } from './price-cart.ts';

type Addition = {
  readonly variantId: Id<'variant'>;
  readonly quantity: number;
  readonly offerId: Id<'offer'> | null;
};

/** Making a cart and putting things in. */
export function fillCart(
  dependencies: BuyingDependencies,
): Pick<Handlers<typeof cartOperations>, 'createCart' | 'addCartLine'> {
  const { database, clock } = dependencies;

  return {
    createCart: quotedWrite(
      dependencies,
      cartOperations.createCart,
      async ({ input: { variantId, quantity, offerId }, context }) => {
        const { actor, marketplaceId } = context;
        const cart =
          actor.kind === 'member'
            ? await findCartOfMember(database.read(marketplaceId), marketplaceId, actor.memberId)
            : undefined;
        const addition = variantId === undefined ? undefined : { variantId, quantity, offerId: offerId ?? null };
        return { cart, addition };
      },
      async ({ queries, last, context, cart, addition, prices }) => {
        const line = addition && additionOf(addition, cart, prices);
        const known = cart ?? emptyCart(context, clock());
        if (cart !== undefined) return line === undefined ? cart : added(queries, context, cart, line, clock());
        const made = { ...known, now: clock() };
        if (line !== undefined && known.memberId === null) {
          await insertCartWithLine(last, context.marketplaceId, made, line);
          return { ...known, lines: [line] };
        }
        // Another device may have made the member's cart in this moment: then it is that one.
        const id = await insertCart(queries, context.marketplaceId, made);
        return line === undefined ? { ...known, id } : added(queries, context, { ...known, id }, line, clock());
      },
    ),

    addCartLine: quotedWrite(
      dependencies,
      cartOperations.addCartLine,
      async ({ input: { cartId, variantId, quantity, offerId }, context }) => ({
        cart: await openCart(database.read(context.marketplaceId), cartId, context),
        addition: { variantId, quantity, offerId: offerId ?? null },
      }),
      async ({ queries, context, cart, addition, prices }) =>
        added(queries, context, cart, additionOf(addition, cart, prices), clock()),
    ),
  };
}

type Prepared = { readonly cart: CartRecord | undefined; readonly addition: Addition | undefined };

/**
 * A write that needs prices: they are asked for before the transaction, so that none waits for another service with a
 * connection in its hand. Without an Idempotency-Key the write is a single statement and needs no transaction.
 */
function quotedWrite<
  O extends typeof cartOperations.createCart | typeof cartOperations.addCartLine,
  P extends Prepared,
>(
  dependencies: BuyingDependencies,
  operation: O,
  prepare: (call: Call<O>) => Promise<P>,
  write: (call: P & { queries: Queries; last: Writer; context: Context; prices: CartPrices }) => Promise<CartRecord>,
): Handler<O> {
  const { database } = dependencies;
  const handle = async (call: Call<O>) => {
    const { context } = call;
    const prepared = await prepare(call);
    const lines = [...(prepared.cart?.lines ?? []), ...(prepared.addition === undefined ? [] : [prepared.addition])];
    const prices = await loadPrices(dependencies, lines, prepared.cart?.couponCodes ?? [], context);
    const answer = async (queries: Queries, last: Writer) =>
      cartView(await write({ ...prepared, queries, last, context, prices }), prices);
    const single = database.read(context.marketplaceId);
    if (context.idempotencyKey === undefined) return answer(single, single);
    const once = inTransaction<typeof cartOperations.addCartLine>(database, operation as never, ({ tx }) =>
      answer(tx, tx.last),
    );
    return once(call as never);
  };
  return handle as unknown as Handler<O>;
}

function emptyCart({ actor }: Context, now: Date): CartRecord {
  return {
    id: newId('cart'),
    memberId: actor.kind === 'member' ? actor.memberId : null,
    guestId: actor.kind === 'guest' ? (actor.guestId ?? null) : null,
    version: 1,
    updatedTime: now,
    lines: [],
    couponCodes: [],
  };
}

/** The line to write, or why it cannot be bought. Its quantity is what is added. */
function additionOf(addition: Addition, cart: CartRecord | undefined, prices: CartPrices): CartLineRecord {
  const { variantId, offerId, quantity } = addition;
  const quoted = prices.variants.get(variantId);
  if (quoted === undefined) throw errors.VARIANT_NOT_FOUND({});
  if (quoted.sellerMemberId === prices.memberId) throw errors.OWN_LISTING({});
  if (quoted.price.currency !== prices.currency) throw errors.VARIANT_UNAVAILABLE({});
  const existing = cart?.lines.find((line) => line.variantId === variantId && line.offerId === offerId);
  if (!quoted.isPurchasable) {
    const { freeQuantity } = quoted;
    if (freeQuantity === null || freeQuantity >= quoted.quantity) throw errors.VARIANT_UNAVAILABLE({});
    throw errors.OUT_OF_STOCK({ variantId, requested: quoted.quantity, free: freeQuantity });
  }
  if (existing === undefined && (cart?.lines.length ?? 0) >= CART_LINES_MAX)
    throw errors.CART_FULL({ linesMax: CART_LINES_MAX });
  let unitPriceMinor = quoted.price.amountMinor;
  if (offerId !== null) {
    const offer = prices.offers.get(offerId);
    const total = quantity + (existing?.quantity ?? 0);
    if (offer === undefined || offer.variantId !== variantId || offer.quantity < total)
      throw errors.OFFER_NOT_USABLE({});
    unitPriceMinor = offer.unitPriceMinor;
  }
  return { id: newId('cartLine'), variantId, offerId, quantity, unitPriceMinor, snapshot: snapshotOf(quoted) };
}

/** Writes the line; answers the cart as it is then, without reading it again. */
async function added(
  queries: Queries,
  { marketplaceId }: Context,
  cart: CartRecord,
  line: CartLineRecord,
  now: Date,
): Promise<CartRecord> {
  const written = await addLine(queries, marketplaceId, cart.id, line, now);
  if (written === undefined) throw errors.CART_NOT_FOUND({});
  const whole = { ...line, id: written.id, quantity: Math.min(written.quantity, LINE_QUANTITY_MAX) };
  const isThere = cart.lines.some(({ id }) => id === written.id);
  const lines = isThere ? cart.lines.map((each) => (each.id === written.id ? whole : each)) : [...cart.lines, whole];
  return { ...cart, lines, version: written.version, updatedTime: now };
}
