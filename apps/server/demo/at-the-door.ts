import { kindOf } from './listing-input.ts';
import type { OpenStore } from './open-store.ts';
import { buy, memberContext, type Street, send } from './orders.ts';

const WORDS = {
  en: { proof: 'Signed by B. Buyer', reason: 'Not as described' },
  es: { proof: 'Firmó B. Buyer', reason: 'No es como se describió' },
  th: { proof: 'ผู้รับ B. Buyer เซ็นแล้ว', reason: 'ของไม่ตรงตามที่บอก' },
};

/**
 * Where parcels are paid at the door, the demo buyer took one in and is given the money back. No provider can send that, so it
 * waits for the operators; where the store has the cash, and earned less than that before, it owes the rest.
 */
export async function seedAtTheDoor(street: Street): Promise<void> {
  const { orders, settings, context, accounts } = street;
  const method = settings.paymentMethods.find(({ kind }) => kind === 'cash');
  const store = street.stores.at(-1);
  if (method?.cash === undefined || store === undefined) return;
  const variantId = await dearest(street, store, method.cash.upToMinor);
  if (variantId === undefined) return;
  const buyer = memberContext(context, accounts.buyer, ['buyer']);
  const orderId = await buy(street, buyer, { buyNow: { variantId, quantity: 1 } }, undefined, { methodId: method.id });
  await send(street, orderId, store.ownerId);
  const [locale = 'en'] = settings.locales;
  const { proof, reason } = WORDS[locale as keyof typeof WORDS] ?? WORDS.en;
  const admin = memberContext(context, accounts.admin, ['admin']);
  const { groups } = await orders.takeOrderAction({ orderId, action: 'collect', proof }, admin);
  for (const { id: groupId, total } of groups)
    await orders.refundOrder({ orderId, groupId, amountMinor: total.amountMinor, reason, refundTo: 'source' }, admin);
}

/** What a store has more than one of and costs most, where it may be paid at the door with its shipping. */
async function dearest({ catalog, context }: Street, { store, listings }: OpenStore, upToMinor: number) {
  const many = store.listings.filter((listing) => kindOf(listing) === 'physical' && (listing.stock ?? 1) > 1);
  for (const { handle } of [...many].sort((a, b) => b.price - a.price)) {
    const listingId = listings.get(handle)?.id;
    if (listingId === undefined) continue;
    const { variants } = await catalog.getListing({ listingId }, context);
    const found = variants.find(
      ({ freeQuantity: free, price }) => (free ?? 0) > 1 && price.amountMinor * 1.5 <= upToMinor,
    );
    if (found !== undefined) return found.id;
  }
  return undefined;
}
