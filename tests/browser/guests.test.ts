import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Id } from '@plaza/kernel';
import { GUEST_ACCESS } from '@plaza/orders/events';
import { signAccess } from '@plaza/runtime';
import { offerBook, storeFile } from '../support/belongings.ts';
import { eventually } from '../support/eventually.ts';
import { type OpenPlaza, openPlaza } from '../support/open-plaza.ts';
import {
  balanceOf,
  buyNow,
  CARDS,
  fileOf,
  fillInDelivery,
  mailedLink,
  openByMail,
  orderPlaced,
  pay,
} from '../support/screens.ts';
import { ADDRESS, buy, offer, openShop, PASSWORD } from '../support/shop.ts';
import { visit, withVisitors } from '../support/visitor.ts';

let open: OpenPlaza;
before(async () => {
  open = await openPlaza();
});
after(() => open?.[Symbol.asyncDispose]());

test('a guest downloads what they bought on another device, by the link in the mail', async () => {
  const shop = await openShop(open.plaza, 'bazaar', 'Paper Lamps');
  const book = await offerBook(shop, await storeFile(open.plaza, 'bazaar', shop));
  const desk = await visit(open, { marketplace: 'bazaar', lang: 'en' });
  const phone = await visit(open, { marketplace: 'bazaar', lang: 'ja', width: 390 });
  await withVisitors([desk, phone], async () => {
    await desk.go(`/l/${book.slug}`);
    await buyNow(desk);
    await fillInDelivery(desk, { email: 'guest-reader@example.test' });
    await pay(desk, CARDS.pays);
    const orderId = await orderPlaced(desk);
    await phone.go(`/account/orders/${orderId}`);
    await phone.page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await phone.page.getByText('A book').count(), 0, 'the id alone opens nothing');
    await openByMail(open.plaza, phone, orderId);
    assert.equal(await fileOf(phone, 'A book'), 'words');
    await phone.look();
  });
});

test('a link that expired, is incomplete, or leads to another order says so in the reader’s language', async () => {
  const shop = await openShop(open.plaza, 'gamarriando', 'Lámparas');
  const { variantId } = await offer(open.plaza, 'gamarriando', shop, { condition: 'new' });
  const guest = open.plaza.client({ marketplace: 'gamarriando', guestId: 'a-guest-of-the-browser-test' });
  const address = { ...ADDRESS, countryCode: 'MX' };
  const { orderId } = await buy(guest, variantId, { email: 'guest-late@example.test', address });
  const { orderId: otherId } = await buy(guest, variantId, { email: 'guest-late@example.test', address });
  assert.ok(orderId && otherId);
  const access = { purpose: GUEST_ACCESS, marketplaceId: 'gamarriando', subject: orderId };
  const expired = signAccess(access, new Date(Date.now() - 1_000), 'system-test-signing-key');
  const [, valid] = (await mailedLink(open.plaza, orderId)).split('#');
  for (const width of [390, 1280] as const) {
    const reader = await visit(open, { marketplace: 'gamarriando', lang: 'es', width });
    await withVisitors([reader], async () => {
      const says = async (path: string, words: RegExp) => {
        await reader.page.goto('about:blank');
        await reader.go(path);
        await reader.page.locator('main').getByText(words).first().waitFor();
        await reader.look();
      };
      await says(`/order-access/${orderId}#${expired}`, /ha caducado/);
      await says(`/order-access/${otherId}#${valid}`, /no se puede abrir aquí/);
      await says(`/order-access/${orderId}`, /le falta una parte/);
    });
  }
});

test('who signs up with the address and confirms it finds the order in their account', async () => {
  const shop = await openShop(open.plaza, 'bazaar', 'Late Lamps');
  const { variantId } = await offer(open.plaza, 'bazaar', shop, { title: 'Claimed lamp' });
  const email = 'guest-joins@example.test';
  await buy(open.plaza.client({ marketplace: 'bazaar', guestId: 'another-guest-of-the-test' }), variantId, { email });
  const buyer = await visit(open, { marketplace: 'bazaar', lang: 'en', width: 390 });
  await withVisitors([buyer], async () => {
    await buyer.go('/sign-up');
    await buyer.page.locator('input[name=displayName]').fill('Ada');
    await buyer.page.locator('input[name=email]').fill(email);
    await buyer.page.locator('input[name=password]').fill(PASSWORD);
    await buyer.page.locator('form:has(input[name=displayName]) button[type=submit]').click();
    await buyer.page.waitForURL(({ pathname }) => !pathname.includes('sign-up'));
    await buyer.go('/account/orders');
    await buyer.look();
    assert.equal(await buyer.page.getByText('Claimed lamp').count(), 0, 'not before the address is shown to be theirs');
    const link = await eventually(async () => {
      const letters = (await open.plaza.mailbox()).filter(({ to }) => to === email);
      const found = letters.flatMap(({ text }) => /https?:\S+verify-email\?token=\S+/.exec(text)?.[0] ?? []).at(-1);
      assert.ok(found);
      return found;
    });
    await buyer.page.goto(link);
    await buyer.page.locator('main form button[type=submit]').click();
    await buyer.page.locator('main form button[type=submit]').waitFor({ state: 'detached' });
    await eventually(async () => {
      await buyer.go('/account/orders');
      assert.ok((await buyer.page.getByText('Claimed lamp').count()) > 0);
    });
    await buyer.look();
  });
});

test('a form that was sent without a connection keeps what was typed, and goes through afterwards', async () => {
  const guest = await visit(open, { marketplace: 'bazaar', lang: 'th', width: 390 });
  const { page } = guest;
  await withVisitors([guest], async () => {
    await guest.go('/sign-up');
    const form = page.locator('form:has(input[name=displayName])');
    const entered = { displayName: 'Ada', email: 'ada-offline@example.test', password: PASSWORD };
    for (const [name, value] of Object.entries(entered)) await form.locator(`input[name=${name}]`).fill(value);
    await page.context().setOffline(true);
    await form.locator('button[type=submit]').click();
    await form
      .getByRole('alert')
      .getByText(/ข้อมูลที่กรอกยังอยู่ครบ/)
      .waitFor();
    for (const [name, value] of Object.entries(entered))
      assert.equal(await form.locator(`input[name=${name}]`).inputValue(), value);
    await page.context().setOffline(false);
    await form.locator('button[type=submit]').click();
    await page.waitForURL(({ pathname }) => !pathname.includes('sign-up'));
  });
});

test('who changes the language in the middle of a form finds there what they typed and chose', async () => {
  const shop = await openShop(open.plaza, 'bazaar', 'Two Tongues');
  const { slug } = await offer(open.plaza, 'bazaar', shop, { title: 'Lamp of two tongues' });
  const buyer = await visit(open, { marketplace: 'bazaar', lang: 'en', width: 390 });
  const { page } = buyer;
  await withVisitors([buyer], async () => {
    await buyer.go(`/l/${slug}`);
    await buyNow(buyer);
    await page.locator('input[name=email]').fill('ada@example.test');
    await page.locator('[name="address.line1"]').fill('12 Lamp Street');
    await page.locator('[name="address.countryCode"]').selectOption('JP');
    await page.locator('textarea[name=note]').fill('Ring twice.');
    await page.locator('header summary').filter({ hasText: 'EN' }).click();
    await page.locator('header button[name=lang][value=th]').click();
    await page.waitForURL(/\/th\/checkout\//);
    await page.locator('html[lang=th] textarea[name=note]').waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name=email]')?.value !== '');
    assert.deepEqual(
      await Promise.all(
        ['input[name=email]', '[name="address.line1"]', '[name="address.countryCode"]', 'textarea[name=note]'].map(
          (field) => page.locator(field).inputValue(),
        ),
      ),
      ['ada@example.test', '12 Lamp Street', 'JP', 'Ring twice.'],
    );
    await buyer.look();
  });
});

test('pictures and variants of a half-filled new listing are there in another language, too', async () => {
  const seller = await visit(open, { marketplace: 'gamarriando', lang: 'es', width: 390 });
  const { page } = seller;
  await withVisitors([seller], async () => {
    await seller.signIn('seller');
    await seller.go('/studio/listings/new?category=phones&kind=physical');
    await page.locator('input[name=title]').fill('Teléfono de dos lenguas');
    const photo = { name: 'photo.png', mimeType: 'image/png', buffer: await page.screenshot() };
    await page.locator('form:has(input[name=title]) input[type=file]').setInputFiles(photo);
    await page.locator('input[name="images.0.alt"]').fill('De frente');
    const picture = await page.locator('input[name="images.0.assetId"]').getAttribute('value');
    await page.locator('input[name="variants.0.price.amount"]').fill('45,00');
    await page.locator('form:has(input[name=title]) button.button-outline[type=button]').last().click();
    await page.locator('input[name="variants.1.price.amount"]').fill('50');
    await page.locator('header summary').filter({ hasText: 'ES' }).click();
    await page.locator('header button[name=lang][value=en]').click();
    await page.locator('html[lang=en] input[name="images.0.assetId"]').waitFor({ state: 'attached' });
    assert.equal(await page.locator('input[name="images.0.assetId"]').getAttribute('value'), picture);
    for (const [name, value] of [
      ['title', 'Teléfono de dos lenguas'],
      ['images.0.alt', 'De frente'],
      ['variants.0.price.amount', '45,00'],
      ['variants.1.price.amount', '50'],
    ])
      assert.equal(await page.locator(`input[name="${name}"]`).inputValue(), value);
    await seller.look();
  });
});

test('who pays with a session that ended is asked to sign in, and then pays with what they typed', async () => {
  const shop = await openShop(open.plaza, 'bazaar', 'Patient Lamps');
  const { slug } = await offer(open.plaza, 'bazaar', shop, { title: 'Patient lamp' });
  const buyer = await visit(open, { marketplace: 'bazaar', lang: 'en' });
  const { page } = buyer;
  await withVisitors([buyer], async () => {
    await buyer.signIn('buyer');
    await buyer.go(`/l/${slug}`);
    await buyNow(buyer);
    await fillInDelivery(buyer);
    await page.context().clearCookies();
    await pay(buyer, CARDS.pays);
    const signIn = page.locator('main [role=alert] a');
    const [second] = await Promise.all([page.context().waitForEvent('page'), signIn.click()]);
    const form = second.locator('form:has(input[type=password])');
    await form.locator('input[type=email]').fill('buyer@demo.test');
    await form.locator('input[type=password]').fill('plaza-demo');
    await form.locator('button[type=submit]').click();
    await second.waitForURL((url) => !url.pathname.includes('sign-in'));
    assert.equal(await page.locator('input[name=number]').inputValue(), CARDS.pays);
    await page.locator('form:has(input[name=methodId]) button[type=submit]').last().click();
    await orderPlaced(buyer);
  });
});

test('an offer above the price, or beside one that waits, is refused in the reader’s language', async () => {
  const shop = await openShop(open.plaza, 'jaikod', 'ร้านต่อราคา');
  const { slug } = await offer(open.plaza, 'jaikod', shop, { title: 'โคมต่อราคา' });
  const buyer = await visit(open, { marketplace: 'jaikod', lang: 'th', width: 390 });
  const { page } = buyer;
  await withVisitors([buyer], async () => {
    await buyer.signIn('buyer');
    const form = page.locator('form:has(input[name=price])');
    const begin = async () => {
      await buyer.go(`/l/${slug}`);
      if (!(await form.isVisible())) await page.locator('details:has(input[name=price]) > summary').click();
    };
    const propose = async (price: string) => {
      await form.locator('input[name=price]').fill(price);
      await form.locator('button[type=submit]').click();
    };
    await begin();
    await propose('450');
    await form.getByRole('alert').filter({ hasText: 'สูงกว่าราคาที่ตั้งไว้' }).waitFor();
    await propose('30');
    await page.getByRole('status').filter({ hasText: 'ส่งข้อเสนอแล้ว' }).waitFor();
    await begin();
    await propose('35');
    await form.getByRole('alert').filter({ hasText: 'คุณมีข้อเสนอที่รออยู่แล้ว' }).waitFor();
  });
});

test('a form that stays after it was accepted can be sent again', async () => {
  const buyer = await visit(open, { marketplace: 'gamarriando', lang: 'es', width: 390 });
  const { page } = buyer;
  await withVisitors([buyer], async () => {
    await buyer.signIn('buyer');
    await buyer.go('/account');
    const form = page.locator('form:has(input[name=displayName])');
    for (const name of ['Ana', 'Ana María']) {
      await form.locator('input[name=displayName]').fill(name);
      const saved = page.waitForResponse((response) => response.request().method() === 'POST');
      await form.locator('button[type=submit]').click();
      await saved;
      await form.getByRole('status').filter({ hasText: 'Guardado' }).waitFor();
      assert.equal(await form.getByRole('alert').count(), 0);
    }
    await buyer.go('/account');
    assert.equal(await form.locator('input[name=displayName]').inputValue(), 'Ana María');
  });
});

test('“pay” pressed twice, in two tabs at once, charges once; escrow holds exactly what was paid', async () => {
  const shop = await openShop(open.plaza, 'bazaar', 'Twice Lamps');
  const { slug } = await offer(open.plaza, 'bazaar', shop, { title: 'Twice lamp', priceMinor: 4_500 });
  const buyer = await visit(open, { marketplace: 'bazaar', lang: 'en' });
  const seller = await visit(open, { marketplace: 'bazaar', lang: 'en', width: 390 });
  await withVisitors([buyer, seller], async () => {
    await seller.signInAs(shop.email);
    assert.equal(await balanceOf(seller), 0);
    await buyer.go(`/l/${slug}`);
    await buyNow(buyer);
    // To California: the tax of 7.25 % is added, and is neither the seller's nor the platform's.
    await fillInDelivery(buyer, { region: 'CA' });
    const other = await buyer.page.context().newPage();
    await other.goto(buyer.page.url());
    await Promise.all(
      [buyer.page, other].map(async (page) => {
        await page.locator('input[data-kind=card]').check();
        await page.locator('input[name=number]').fill(CARDS.pays);
        await page.locator('input[name=expiry]').fill('12/34');
        await page.locator('input[name=securityCode]').fill('123');
      }),
    );
    await Promise.all(
      [buyer.page, other].map((page) =>
        page.locator('form:has(input[name=methodId])').evaluate((form: HTMLFormElement) => {
          form.requestSubmit();
          form.requestSubmit();
        }),
      ),
    );
    await Promise.any([buyer.page, other].map((page) => page.waitForURL(/\/account\/orders\/ord_/)));
    const payments = await open.plaza.rows<{ state: string; amount_minor: string }>(
      `select p.state, p.amount_minor from payments.payment p join orders.placed_order o on o.checkout_id = p.checkout_id
       join orders.shipment_group g on g.order_id = o.id where g.store_id = (select store_id from catalog.listing where slug = '${slug}')`,
    );
    assert.deepEqual(
      payments.map(({ state, amount_minor }) => [state, Number(amount_minor)]),
      [['captured', 5_470]],
    );
    const sales = await shop.client.orders.listSales({ storeId: shop.storeId });
    assert.equal(sales.items.length, 1);
    // 45.00, 6.00 for shipping and 3.70 of tax are in escrow; of that the seller will have all but the tax and 5 % of the price.
    assert.equal(await balanceOf(seller), 5_470);
    const orderId = sales.items[0]?.id as Id<'order'>;
    const [group] = (await shop.client.orders.getOrder({ orderId })).groups;
    assert.equal(group?.earnings?.amountMinor, 4_500 + 600 - 225);
  });
});
