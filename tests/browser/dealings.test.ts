import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type OpenPlaza, openPlaza } from '../support/open-plaza.ts';
import {
  addToCart,
  buyNow,
  CARDS,
  checkOutCart,
  fillInDelivery,
  orderPlaced,
  pay,
  ship,
  WRITTEN_ADDRESS,
} from '../support/screens.ts';
import { offer, openShop, PASSWORD, signUp } from '../support/shop.ts';
import { type Visitor, visit, withVisitors } from '../support/visitor.ts';

let open: OpenPlaza;
before(async () => {
  open = await openPlaza();
});
after(() => open?.[Symbol.asyncDispose]());

/** Presses Tab until the thing has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${selector} on ${page.url()}`);
}

test('somebody without a mouse buys', async () => {
  const shop = await openShop(open.plaza, 'bazaar', 'Keyboard Lamps');
  const { slug } = await offer(open.plaza, 'bazaar', shop, { title: 'Keyboard lamp' });
  const buyer = await visit(open, { marketplace: 'bazaar', lang: 'en' });
  const { page } = buyer;
  const typeInto = async (selector: string, text: string): Promise<void> => {
    await tabTo(page, selector);
    await page.keyboard.type(text);
  };
  await withVisitors([buyer], async () => {
    await buyer.go(`/l/${slug}`);
    await tabTo(page, 'button[name=intent][value=buy]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/checkout\//);
    await typeInto('input[name=email][type=email]', 'ada@example.test');
    for (const [name, value] of Object.entries(WRITTEN_ADDRESS)) await typeInto(`[name="address.${name}"]`, value);
    await page.keyboard.press('Enter');
    await page.locator('input[name=number]').waitFor();
    await typeInto('input[name=number]', CARDS.pays);
    await typeInto('input[name=expiry]', '12/34');
    await typeInto('input[name=securityCode]', '123');
    await page.keyboard.press('Enter');
    await orderPlaced(buyer);
  });
});

test('what was chosen stays chosen: a variant put into the cart, a shipping option, a quantity, a coupon refused', async () => {
  const shop = await openShop(open.plaza, 'bazaar', 'Choosy Lamps');
  const { listingId, slug } = await offer(open.plaza, 'bazaar', shop, { title: 'Choosy lamp' });
  const {
    variants: [small],
    version,
  } = await shop.client.catalog.getListing({ listingId });
  assert.ok(small);
  const price = { amountMinor: 9_900, currency: 'USD' } as const;
  await shop.client.catalog.updateListing({
    listingId,
    expectedVersion: version,
    variants: [
      { id: small.id, price, options: [{ name: 'Size', value: 'Small' }] },
      { price, onHand: 10, options: [{ name: 'Size', value: 'Large' }] },
    ],
  });
  const buyer = await visit(open, { marketplace: 'bazaar', lang: 'en', width: 390 });
  const { page } = buyer;
  await withVisitors([buyer], async () => {
    await buyer.go(`/l/${slug}`);
    await page.getByText('Large', { exact: true }).click();
    await addToCart(buyer);
    assert.ok(await page.getByRole('radio', { name: 'Large' }).isChecked());
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'submit', 'keeps the focus');
    await buyer.go('/cart');
    const quantity = page.locator('main input[name=quantity]');
    await quantity.fill('2');
    await quantity.press('Enter');
    await page.getByText('$198').first().waitFor();
    const coupon = page.locator('input[name=code]');
    await coupon.fill('NOSUCH');
    await coupon.press('Enter');
    await page.locator('main [role=alert]').waitFor();
    assert.equal(await coupon.inputValue(), 'NOSUCH');
    await checkOutCart(buyer);
    const options = page.locator('input[name^="shipping."]');
    const chosen = (await options.count()) - 1;
    await options.nth(chosen).check();
    await fillInDelivery(buyer);
    assert.ok(await options.nth(chosen).isChecked());
  });
});

test('a coupon that takes off more than all, ends before today or counts in words is refused at its field', async () => {
  const seller = await visit(open, { marketplace: 'gamarriando', lang: 'es', width: 390 });
  const { page } = seller;
  await withVisitors([seller], async () => {
    await seller.signIn('seller');
    await seller.go('/studio/coupons');
    const right = { couponName: 'SOLO-HOY', value: '10', endDay: '', usesMax: '' };
    for (const [name, typed] of [
      ['value', '150'],
      ['value', '-5'],
      ['endDay', '2020-01-01'],
      ['usesMax', 'diez'],
    ] as const) {
      for (const [field, text] of Object.entries({ ...right, [name]: typed }))
        await page.locator(`input[name=${field}]`).fill(text);
      await page.locator('form:has(input[name=couponName]) button[type=submit]').click();
      await page.locator(`input[name=${name}][aria-invalid=true]`).waitFor();
      assert.equal(await page.locator(`input[name=${name}]`).inputValue(), typed);
    }
    await seller.look();
  });
});

test('a coupon lowers the price, and the seller gives a part back', async () => {
  const marketplace = 'gamarriando';
  const shop = await openShop(open.plaza, marketplace, 'Lámparas');
  const { slug } = await offer(open.plaza, marketplace, shop, {
    title: 'Coupon lamp',
    priceMinor: 50_000,
    condition: 'new',
  });
  await shop.client.marketing.createCoupon({
    code: 'DIEZ-LAMP',
    storeId: shop.storeId,
    title: '10 %',
    reduction: { kind: 'percent', rateBp: 1000 },
  });
  const buyer = await visit(open, { marketplace, lang: 'es', width: 390 });
  const seller = await visit(open, { marketplace, lang: 'es' });
  await withVisitors([buyer, seller], async () => {
    await buyer.go(`/l/${slug}`);
    await addToCart(buyer);
    await buyer.go('/cart');
    await buyer.page.locator('input[name=code]').fill('no-such-code');
    await buyer.page.locator('form:has(input[name=code]) button[type=submit]').click();
    await buyer.page.locator('form:has(input[name=code]) [aria-invalid=true], main [role=alert]').first().waitFor();
    await buyer.page.locator('input[name=code]').fill('DIEZ-LAMP');
    await buyer.page.locator('form:has(input[name=code]) button[type=submit]').click();
    await buyer.page.getByText('−$50').first().waitFor();
    await checkOutCart(buyer);
    await fillInDelivery(buyer);
    await pay(buyer, CARDS.pays);
    const orderId = await orderPlaced(buyer);

    await seller.signInAs(shop.email);
    await seller.go(`/studio/orders/${orderId}`);
    await seller.page.locator('details:has(input[name=amount]) > summary').click();
    const refund = seller.page.locator('form:has(input[name=amount])');
    await refund.locator('input[name=amount]').fill('99999');
    await refund.locator('input[name=reason]').fill('Scratched');
    await refund.locator('button[type=submit]').click();
    await refund.locator('[role=alert], [aria-invalid=true]').first().waitFor();
    await refund.locator('input[name=amount]').fill('120.50');
    await refund.locator('button[type=submit]').click();
    await seller.page.getByText('$120.50').first().waitFor();
    await seller.look();
    // What the screen says is earned is what payments will release.
    const [group] = (await shop.client.orders.getOrder({ orderId })).groups;
    assert.ok(group?.earnings);
    assert.equal(group.refunded.amountMinor, 12_050);
    const earned = group.earnings.amountMinor / 100;
    assert.ok(earned > 0 && earned < (group.total.amountMinor - 12_050) / 100, `${earned} is not what is left`);
    const shown = seller.page.getByText(`$${earned.toFixed(2)}`);
    await shown.first().waitFor();
    await buyer.page.reload();
    await buyer.page.getByText('$120.50').first().waitFor();
  });
});

test('somebody who is not signed in is asked to, where guests may not buy, and comes back', async () => {
  const shop = await openShop(open.plaza, 'jaikod', 'ร้านโคมไฟ');
  const { slug } = await offer(open.plaza, 'jaikod', shop, { title: 'Signed-in lamp' });
  const buyer = await visit(open, { marketplace: 'jaikod', lang: 'th', width: 390 });
  await withVisitors([buyer], async () => {
    await buyer.go(`/l/${slug}`);
    await buyer.page.locator('main button[name=intent][value=buy]').click();
    await buyer.page.waitForURL(/\/sign-in/);
    await buyer.fillInSignIn('buyer@demo.test', 'plaza-demo');
    await buyer.page.waitForURL(({ pathname }) => pathname.endsWith(`/l/${slug}`));
    await buyNow(buyer);
    await buyer.look();
  });
});

test('a guest’s offer is there once they signed in, and a window left open accepts no other price than it shows', async () => {
  const shop = await openShop(open.plaza, 'jaikod', 'ร้านต่อราคา');
  const { slug } = await offer(open.plaza, 'jaikod', shop, { title: 'Bargained lamp', priceMinor: 200_000 });
  const member = await signUp(open.plaza, 'jaikod', 'buyer');
  const buyer = await visit(open, { marketplace: 'jaikod', lang: 'th', width: 390 });
  const seller = await visit(open, { marketplace: 'jaikod', lang: 'en' });
  await withVisitors([buyer, seller], async () => {
    const form = buyer.page.locator('form:has(input[name=price])');
    await buyer.go(`/l/${slug}`);
    await buyer.page.locator('details:has(input[name=price]) > summary').click();
    await form.locator('input[name=price]').fill('1,500');
    await form.locator('[name=message]').fill('ลดได้ไหม');
    await form.locator('button[type=submit]').click();
    await buyer.page.waitForURL(/\/sign-in/);
    await buyer.fillInSignIn(member.email, PASSWORD);
    await buyer.page.waitForURL(({ pathname }) => pathname.endsWith(`/l/${slug}`));
    assert.equal(await form.locator('input[name=price]').inputValue(), '1,500');
    await form.locator('button[type=submit]').click();
    await buyer.page.locator('main a[href$="/account/offers"]').first().click();
    await buyer.page.getByText('ลดได้ไหม').waitFor();
    await buyer.look();

    await seller.signInAs(shop.email);
    await seller.go('/studio/offers');
    // In other windows they bargain on.
    const [made] = (await member.client.orders.listOffers({})).items;
    assert.ok(made);
    await shop.client.orders.counterOffer({ offerId: made.id, priceMinor: 180_000 });
    await member.client.orders.counterOffer({ offerId: made.id, priceMinor: 90_000 });
    await seller.page.getByRole('button', { name: 'Accept ฿1,500' }).click();
    await seller.page.locator('main [role=alert]').waitFor();
    await seller.page.getByRole('button', { name: 'Accept ฿900' }).click();
    await seller.page.getByText('accepted ฿900').waitFor();
    // The button is gone: the keyboard goes on from how the offer stands now, and that is read out.
    await seller.page.locator('main [role=status]:focus').filter({ hasText: 'Accepted' }).waitFor();
    await seller.look();
    // Where the marketplace is, not where the server is.
    const times = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Bangkok' });
    const { dueTime } = await member.client.orders.getOffer({ offerId: made.id });
    await seller.page
      .getByText(times.format(new Date(dueTime ?? '')))
      .first()
      .waitFor();
    await buyer.page.reload();
    await buyer.page.getByRole('button', { name: '฿900' }).waitFor();
    await buyer.look();
  });
});

test('a seller sees what a price leaves them, and an operator what another rate would', async () => {
  const seller = await visit(open, { marketplace: 'gamarriando', lang: 'es', width: 390 });
  const admin = await visit(open, { marketplace: 'gamarriando', lang: 'es' });
  await withVisitors([seller, admin], async () => {
    // Electronics: 10 % less the 2 % of the plan that the demo's seller tries, and 16 % VAT on it.
    await seller.signIn('seller');
    await seller.go('/studio/listings/new?category=phones&kind=physical');
    await seller.page.locator('details:has(input[name=amount]) > summary').click();
    const question = seller.page.locator('form:has(input[name=amount])');
    await question.locator('input[name=amount]').fill('mucho');
    await question.locator('button[type=submit]').click();
    await question.locator('[aria-invalid=true]').waitFor();
    await question.locator('input[name=amount]').fill('1000');
    await question.locator('button[type=submit]').click();
    await question.getByText('$907.20').waitFor();
    await seller.look();

    await admin.signIn('admin');
    await admin.go('/admin/commission');
    await admin.page.locator('select[name=categoryId]').selectOption('phones');
    await admin.page.locator('input[name=amount]').fill('1000');
    await admin.page.locator('input[name=rate]').fill('12.5');
    await admin.page.locator('main form button[type=submit]').click();
    await admin.page.getByText('$884').waitFor();
    await admin.page.getByText('$855').waitFor();
    await admin.look();
  });
});

test('a buyer objects, both sides show evidence, an operator rules, and after an appeal decides for good', async () => {
  const marketplace = 'jaikod';
  const shop = await openShop(open.plaza, marketplace, 'Old Light');
  const title = 'Disputed lamp';
  const { slug } = await offer(open.plaza, marketplace, shop, { title, priceMinor: 200_000 });
  const buyer = await visit(open, { marketplace, lang: 'th', width: 390 });
  const seller = await visit(open, { marketplace, lang: 'en', width: 390 });
  const moderator = await visit(open, { marketplace, lang: 'en' });
  const act = async ({ page }: Visitor, label: string, entered: Readonly<Record<string, string>>): Promise<void> => {
    const action = page.locator('details', { has: page.locator('summary', { hasText: label }) }).last();
    await action.locator('summary').click();
    for (const [name, value] of Object.entries(entered)) await action.locator(`[name=${name}]`).fill(value);
    await action.locator('button[type=submit]').click();
  };
  await withVisitors([buyer, seller, moderator], async () => {
    await buyer.signIn('buyer');
    await buyer.go(`/l/${slug}`);
    await buyNow(buyer);
    await fillInDelivery(buyer);
    await pay(buyer, CARDS.pays);
    const orderId = await orderPlaced(buyer);

    await seller.signInAs(shop.email);
    await seller.go(`/studio/orders/${orderId}`);
    await seller.page.getByRole('button', { name: 'Handed over in person' }).click();
    await seller.page.getByText('Sent', { exact: true }).first().waitFor();

    await buyer.go(`/account/orders/${orderId}`);
    await act(buyer, 'มีปัญหา', { reason: 'ไฟไม่ติด' });
    const evidence = buyer.page.locator('form:has(textarea[name=text])');
    await evidence.locator('textarea[name=text]').fill('เปิดแล้วไม่สว่าง ตามรูป');
    await evidence
      .locator('input[type=file]')
      .setInputFiles({ name: 'dark.png', mimeType: 'image/png', buffer: await buyer.page.screenshot() });
    await evidence.locator('input[name="files.0.assetId"]').waitFor({ state: 'attached' });
    await evidence.locator('button[type=submit]').last().click();
    await buyer.page.getByRole('link', { name: 'dark.png' }).waitFor();
    await buyer.look();

    await moderator.signIn('moderator');
    await moderator.go('/admin/disputes');
    await moderator.look();
    await moderator.page.getByRole('link', { name: title }).click();
    await moderator.page.getByRole('link', { name: 'dark.png' }).waitFor();
    await act(moderator, 'Rule for the buyer', { reason: 'It is broken.' });
    await moderator.page.getByText('Decided for the buyer').waitFor();

    await seller.page.reload();
    await seller.page.getByText('Decided for the buyer').waitFor();
    await act(seller, 'Appeal', { reason: 'It shines here.' });
    // By its whole words: a ruling that "may be appealed" is not appealed yet.
    await seller.page.getByText('Appealed', { exact: true }).first().waitFor();

    await moderator.page.reload();
    await act(moderator, 'Give a part back', { refund: '99999', reason: 'Worn, but it works.' });
    await moderator.page.locator('[aria-invalid=true]').first().waitFor();
    await moderator.page.locator('details[open] [name=refund]').fill('500.50');
    await moderator.page.locator('details[open] button[type=submit]', { hasText: 'Give a part back' }).click();
    await moderator.page.getByText('Settled by ruling').first().waitFor();
    await moderator.look();
    await buyer.page.reload();
    await buyer.page.getByText('฿500.50').first().waitFor();
    await buyer.look();
  });
});

test('a buyer pays at the door: the store says that it takes cash, the order is placed without money, and the seller records it', async () => {
  const marketplace = 'gamarriando';
  const shop = await openShop(open.plaza, marketplace, 'Pago al recibir');
  const { slug } = await offer(open.plaza, marketplace, shop, {
    title: 'Cash lamp',
    priceMinor: 50_000,
    condition: 'new',
  });
  const member = await signUp(open.plaza, marketplace, 'buyer');
  const buyer = await visit(open, { marketplace, lang: 'es', width: 390 });
  const seller = await visit(open, { marketplace, lang: 'es' });
  await withVisitors([buyer, seller], async () => {
    await seller.signInAs(shop.email);
    await seller.go('/studio/store');
    const accept = seller.page.locator('section[aria-labelledby=cash] button[type=submit]');
    const label = (await accept.textContent()) ?? '';
    await accept.click();
    await seller.page
      .locator('section[aria-labelledby=cash] button', { hasText: label })
      .waitFor({ state: 'detached' });

    await buyer.signInAs(member.email);
    await buyer.go(`/l/${slug}`);
    await buyNow(buyer);
    await fillInDelivery(buyer);
    const form = buyer.page.locator('form:has(input[name=methodId])');
    await form.locator('input[data-kind=cash]').check();
    await buyer.look();
    await form.locator('button[type=submit]').last().click();
    const orderId = await orderPlaced(buyer);
    await buyer.page.locator('figure li', { hasText: 'Se paga al recibir' }).waitFor();

    await ship(seller, orderId);
    await seller.page.locator('details:has([name=proof]) > summary').click();
    const collected = seller.page.locator('form:has([name=proof])');
    await collected.locator('[name=proof]').fill('Firmado por A. Ruiz');
    await seller.look();
    await collected.locator('button[type=submit]').click();
    await seller.page.getByText('Firmado por A. Ruiz').waitFor();
    await seller.look();
    await buyer.go(`/account/orders/${orderId}`);
    await buyer.page.locator('figure li', { hasText: 'Retenido' }).waitFor();
  });
});
