import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ShipmentGroup } from '@plaza/orders/contract';
import { type OpenPlaza, openPlaza } from '../support/open-plaza.ts';
import {
  addToCart,
  approveAtBank,
  balanceOf,
  buyNow,
  CARDS,
  checkOutCart,
  confirmReceipt,
  download,
  fillInDelivery,
  find,
  list,
  openByMail,
  orderPlaced,
  pay,
  ship,
} from '../support/screens.ts';
import { plainCategory } from '../support/shop.ts';
import { visit, type Width, withVisitors } from '../support/visitor.ts';

/**
 * What is sold in each marketplace for 120.00, and in which language the loop runs there at which width. `keptMinor`: what
 * the platform has kept of it at the end of the loop, by the marketplace's own rules: commission less the
 * discount of the plan that the demo's seller tries, and the tax on that, once the money has left escrow. Where the buyer may still return it, all of it is in escrow.
 */
const MARKETPLACES = [
  { marketplace: 'temuhash', kind: 'digital', langs: { 390: 'en', 1280: 'en' }, guest: false, keptMinor: 960 },
  { marketplace: 'jaikod', kind: 'physical', langs: { 390: 'th', 1280: 'en' }, guest: false, keptMinor: 535 },
  { marketplace: 'gamarriando', kind: 'physical', langs: { 390: 'es', 1280: 'en' }, guest: true, keptMinor: 0 },
  { marketplace: 'bazaar', kind: 'physical', langs: { 390: 'ja', 1280: 'en' }, guest: true, keptMinor: 0 },
] as const;
const WIDTHS: readonly Width[] = [390, 1280];

let open: OpenPlaza;
before(async () => {
  open = await openPlaza();
});
after(() => open?.[Symbol.asyncDispose]());

/** The demo's seller's part of an order. */
async function soldBy(marketplace: string, orderId: string): Promise<ShipmentGroup> {
  const guest = open.plaza.client({ marketplace });
  const answer = await guest.identity.signIn({ email: 'seller@demo.test', password: 'plaza-demo' });
  assert.ok(answer.state === 'SIGNED_IN');
  const seller = open.plaza.client({ marketplace, token: answer.token });
  const [group] = (await seller.orders.getOrder({ orderId })).groups;
  assert.ok(group);
  return group;
}

for (const { marketplace, kind, langs, guest, keptMinor } of MARKETPLACES) {
  for (const width of WIDTHS) {
    const lang = langs[width];
    test(`the whole loop in ${marketplace} at ${width} px, in ${lang}`, async () => {
      const title = `Loop lamp ${marketplace} ${width}`;
      const seller = await visit(open, { marketplace, lang, width });
      const buyer = await visit(open, { marketplace, lang, width });

      await withVisitors([seller, buyer], async () => {
        // A seller lists something with a photo and publishes it.
        await seller.signIn('seller');
        const balanceBefore = await balanceOf(seller);
        const categoryId = kind === 'digital' ? 'props' : await plainCategory(open.plaza, marketplace);
        await list(seller, { title, price: '120', kind, categoryId });

        // A buyer finds it, and pays: on the phone with the bank's approval, on the desk after a refused card.
        const isGuest = guest && width === 390;
        if (!isGuest) await buyer.signIn('buyer');
        await find(buyer, title);
        if (width === 390) {
          await addToCart(buyer);
          await checkOutCart(buyer);
          await fillInDelivery(buyer);
          await pay(buyer, CARDS.challenges);
          await approveAtBank(buyer);
        } else {
          await buyNow(buyer);
          await fillInDelivery(buyer);
          await pay(buyer, CARDS.declines);
          await buyer.page.locator('main [role=alert]').first().waitFor();
          await buyer.look();
          await pay(buyer, CARDS.pays);
        }
        const orderId = await orderPlaced(buyer);

        // It is delivered and received, and the seller's balance shows it: the price and the shipping, less what is kept.
        if (kind === 'digital') await download(buyer, title);
        else {
          await ship(seller, orderId);
          if (isGuest) await openByMail(open.plaza, buyer, orderId);
          await confirmReceipt(buyer, orderId);
        }
        const { shipping } = await soldBy(marketplace, orderId);
        assert.equal((await balanceOf(seller)) - balanceBefore, 12_000 + shipping.amountMinor - keptMinor);
      });
    });
  }
}
