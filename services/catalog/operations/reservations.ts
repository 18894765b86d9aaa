import { type Context, type Handler, type Id, idFromUuid, invariant, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Timer, type Transaction, timer } from '@plaza/runtime';
import { catalogContract } from '../contract.ts';
import { errors } from '../errors.ts';
import { holdPlenty, isNotHeld, sellHeld } from '../store/holds.ts';
import {
  expireReservations,
  forgetReservations,
  insertReservation,
  lockReservation,
  type ReservationRecord,
  updateReservation,
} from '../store/reservations.ts';
import { combineLines, freeQuantities, giveBackStock, type StockLine, takeStock } from '../store/stock.ts';
import type { Dependencies } from './dependencies.ts';

/** Holds given back in one transaction; more wait for the next. */
const EXPIRED_MAX = 100;
/** How long an ended hold is remembered: money that comes later than this finds none, and goes back. */
const REMEMBERED_DAYS = 90;
const FORGOTTEN_MAX = 1_000;

/**
 * Holds stock for a checkout, all lines or none: in one statement if it is one line, and of that there is plenty. Otherwise
 * the row of the checkout is claimed first: of two equal requests at once the second waits and then finds the first one's
 * hold.
 */
export function reserveStock({ database, clock }: Dependencies): Handler<typeof catalogContract.reserveStock> {
  return async ({ input, context: { marketplaceId } }) => {
    const wanted: ReservationRecord = {
      checkoutId: uuidFromId(input.checkoutId),
      state: 'held',
      lines: combineLines(
        input.lines.map(({ variantId, quantity }) => ({ variantId: uuidFromId(variantId), quantity })),
      ),
      expireTime: new Date(clock().getTime() + input.expiresInSeconds * 1000),
    };
    const [line, ...others] = wanted.lines;
    if (line !== undefined && others.length === 0) {
      const isHeld = await holdPlenty(database.read(marketplaceId), marketplaceId, wanted, line).catch((error) => {
        if (isNotHeld(error)) return false;
        throw error;
      });
      if (isHeld) return view(wanted);
    }
    return view(await database.transaction(marketplaceId, (tx) => hold(tx, wanted)));
  };
}

async function hold(tx: Transaction, wanted: ReservationRecord): Promise<ReservationRecord> {
  if (await insertReservation(tx, wanted)) {
    await take(tx, wanted.lines, { onlyOnSale: true });
    return wanted;
  }
  const known = await lockReservation(tx, wanted.checkoutId);
  if (known === undefined) throw errors.RESERVATION_NOT_FOUND({});
  if (known.state === 'committed') return known;
  const isSame = known.state === 'held' && JSON.stringify(known.lines) === JSON.stringify(wanted.lines);
  if (!isSame) {
    if (known.state === 'held') await giveBackStock(tx, known.lines);
    await take(tx, wanted.lines, { onlyOnSale: true });
  }
  await updateReservation(tx, wanted);
  return wanted;
}

/**
 * Turns a hold into a sale: one statement while it lasts. A hold that has ended is taken again if the stock is there,
 * from a paused listing too: the buyer has paid for what was on sale when the checkout began.
 */
export function commitReservation({ database }: Dependencies): Handler<typeof catalogContract.commitReservation> {
  return async ({ input, context: { marketplaceId } }) => {
    const [checkoutId, orderId] = [uuidFromId(input.checkoutId), uuidFromId(input.orderId)];
    const sold = await sellHeld(database.read(marketplaceId), marketplaceId, checkoutId, orderId);
    if (sold !== undefined) return view(sold);
    return database.transaction(marketplaceId, async (tx) => {
      const known = await lockReservation(tx, checkoutId);
      if (known === undefined) throw errors.RESERVATION_NOT_FOUND({});
      if (known.state === 'committed') return view(known);
      await take(tx, known.lines, { onlyOnSale: false });
      await updateReservation(tx, { ...known, state: 'held' });
      const soldAfterAll = await sellHeld(tx, marketplaceId, checkoutId, orderId);
      invariant(soldAfterAll !== undefined, 'what a transaction holds it can sell');
      return view(soldAfterAll);
    });
  };
}

/** Gives held stock back. */
export function releaseReservation(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.releaseReservation, async ({ input, tx }) => {
    const known = await lockReservation(tx, uuidFromId(input.checkoutId));
    if (known === undefined) throw errors.RESERVATION_NOT_FOUND({});
    if (known.state === 'committed') throw errors.RESERVATION_COMMITTED({});
    if (known.state !== 'held') return view(known);
    const released: ReservationRecord = { ...known, state: 'released' };
    await giveBackStock(tx, known.lines);
    await updateReservation(tx, released);
    return view(released);
  });
}

/** Gives back what checkouts held past their time, a page at a time. */
export function expiryTimer(dependencies: Dependencies): Timer {
  return timer({
    name: 'expire-reservations',
    everySeconds: 5,
    run: async ({ marketplaceId }: Context) => {
      for (let expired = EXPIRED_MAX; expired === EXPIRED_MAX; ) {
        expired = await dependencies.database.transaction(marketplaceId, async (tx) => {
          const due = await expireReservations(tx, dependencies.clock(), EXPIRED_MAX);
          await giveBackStock(tx, combineLines(due.flatMap(({ lines }) => lines)));
          return due.length;
        });
      }
    },
  });
}

/** Forgets holds that ended long ago, a page at a time. */
export function forgetTimer({ database, clock }: Dependencies): Timer {
  return timer({
    name: 'forget-reservations',
    everySeconds: 3_600,
    run: async ({ marketplaceId }: Context) => {
      const before = new Date(clock().getTime() - REMEMBERED_DAYS * 86_400_000);
      const queries = database.read(marketplaceId);
      for (let forgotten = FORGOTTEN_MAX; forgotten === FORGOTTEN_MAX; )
        forgotten = await forgetReservations(queries, marketplaceId, before, FORGOTTEN_MAX);
    },
  });
}

/** Takes all lines, or refuses the first that cannot be had; the refusal rolls the others back. */
async function take(tx: Transaction, lines: readonly StockLine[], options: { onlyOnSale: boolean }): Promise<void> {
  const taken = await takeStock(tx, lines, options);
  const short = lines.find(({ variantId }) => !taken.has(variantId));
  if (short === undefined) return;
  const free = await freeQuantities(tx, tx.marketplaceId, [short.variantId]);
  if (!free.has(short.variantId)) throw errors.VARIANT_NOT_FOUND({});
  throw errors.OUT_OF_STOCK({
    variantId: idFromUuid('variant', short.variantId),
    requested: short.quantity,
    free: free.get(short.variantId) ?? 0,
  });
}

function view({ checkoutId, state, lines, expireTime }: ReservationRecord) {
  return {
    checkoutId: idFromUuid('checkout', checkoutId),
    state,
    lines: lines.map(({ variantId, quantity }): { variantId: Id<'variant'>; quantity: number } => ({
      variantId: idFromUuid('variant', variantId),
      quantity,
    })),
    expireTime: expireTime.toISOString(),
  };
}
