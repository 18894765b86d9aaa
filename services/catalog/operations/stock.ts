import { type Call, uuidFromId } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { catalogContract } from '../contract.ts';
import { freeQuantityOf } from '../domain/variants.ts';
import { errors } from '../errors.ts';
import { findVariantListing, noteRestock, setOnHand } from '../store/counting.ts';
import { findListing } from '../store/listings.ts';
import { quotedVariant } from '../store/quote-view.ts';
import { addStock, announceStock, combineLines, quoteRows } from '../store/stock.ts';
import { findStore } from '../store/stores.ts';
import { type Dependencies, ownsStore } from './dependencies.ts';
import { requireCovered } from './update-listing.ts';

/** Sets the count of a variant. Locks the listing first, like everything that changes stock. */
export function setStock(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.setStock, async ({ input, context, tx }) => {
    const id = uuidFromId(input.variantId);
    const listingId = await findVariantListing(tx, id);
    if (listingId === undefined) throw errors.VARIANT_NOT_FOUND({});
    const listing = await findListing(tx, tx.marketplaceId, listingId, { lock: true });
    const store = listing && (await findStore(tx, tx.marketplaceId, listing.storeId));
    const variant = listing?.variants.find((each) => each.id === id);
    if (!listing || !store || !variant || !ownsStore(context, store)) throw errors.VARIANT_NOT_FOUND({});
    const counted = { ...variant, onHand: input.onHand };
    requireCovered(counted);
    const freeQuantity = freeQuantityOf(listing.variants.map((each) => (each.id === id ? counted : each)));
    const stockVersion = await setOnHand(tx, {
      variantId: id,
      onHand: input.onHand,
      listingId: listing.id,
      freeQuantity,
    });
    await announceStock(tx, { listingId: listing.id, storeId: store.id, freeQuantity, stockVersion });
    return {
      variantId: input.variantId,
      onHand: counted.onHand,
      reserved: counted.reserved,
      freeQuantity: counted.onHand === null ? null : counted.onHand - counted.reserved,
    };
  });
}

/** What lines cost and whether they can be had, in the order asked. One statement. */
export function quoteVariants(dependencies: Dependencies) {
  return async ({ input, context }: Call<typeof catalogContract.quoteVariants>) => {
    const settings = dependencies.marketplaces.get(context.marketplaceId);
    const lines = input.lines.map(({ variantId, quantity }) => ({ variantId: uuidFromId(variantId), quantity }));
    const ids = [...new Set(lines.map(({ variantId }) => variantId))];
    const rows = await quoteRows(dependencies.database.read(context.marketplaceId), context.marketplaceId, ids);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const wanted = new Map(combineLines(lines).map(({ variantId, quantity }) => [variantId, quantity]));
    const items = lines.flatMap(({ variantId, quantity }) => {
      const row = byId.get(variantId);
      // Two lines of one variant share its stock: each can be had only if both can.
      return row === undefined ? [] : [quotedVariant(row, quantity, wanted.get(variantId) ?? quantity, settings)];
    });
    return { items };
  };
}

/** Puts sold pieces back, once for each `restockId`. */
export function restock(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.restock, async ({ input, tx }) => {
    const isFirst = await noteRestock(tx, input.restockId ?? input.orderId, uuidFromId(input.orderId));
    if (!isFirst) return { restocked: false };
    await addStock(
      tx,
      combineLines(input.lines.map(({ variantId, quantity }) => ({ variantId: uuidFromId(variantId), quantity }))),
    );
    return { restocked: true };
  });
}
