import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import type { Plaza } from './plaza.ts';
import { ADDRESS } from './shop.ts';
import type { Visitor } from './visitor.ts';

/** Cards of the simulated provider. */
export const CARDS = { pays: '4242424242424242', declines: '4000000000000002', challenges: '4000002500003155' };

/** What a buyer writes where the form asks for an address; the country is the form's own choice. */
const { countryCode: _, ...rest } = ADDRESS;
export const WRITTEN_ADDRESS: Readonly<Record<string, string>> = rest;

/** The smallest file that begins as a glTF 2.0 binary does (Khronos glTF 2.0, section 4.4). */
function emptyModel(): Buffer {
  const json = Buffer.from('{"asset":{"version":"2.0"}} ');
  const head = Buffer.alloc(20);
  head.write('glTF', 0, 'ascii');
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(20 + json.length, 8);
  head.writeUInt32LE(json.length, 12);
  head.write('JSON', 16, 'ascii');
  return Buffer.concat([head, json]);
}

export type NewListing = {
  readonly title: string;
  readonly price: string;
  readonly kind: 'physical' | 'digital';
  readonly categoryId: string;
};

/** Lists something with a photo (and, when digital, a file) through the studio, and publishes it. */
export async function list(seller: Visitor, { title, price, kind, categoryId }: NewListing): Promise<void> {
  const { page } = seller;
  await seller.go('/studio/listings/new');
  await seller.look();
  // What a photo shows does not matter: this one shows the studio.
  const photo = { name: 'photo.png', mimeType: 'image/png', buffer: await page.screenshot() };
  await page.locator('select[name=category]').selectOption(categoryId);
  await page.locator('form:has(select[name=category]) button[type=submit]').click();
  await page.waitForURL(/category=/);
  const form = page.locator('form:has(input[name=title])');
  const chooseKind = page.locator(`a[href*="kind=${kind}"]`);
  await form.or(chooseKind).first().waitFor();
  if (await chooseKind.isVisible()) await chooseKind.click();
  await form.locator('input[name=title]').fill(title);
  await form.locator('textarea[name=description]').fill('Made for a test, works as it should.');
  await form.locator('input[type=file]').setInputFiles(photo);
  await form.locator('input[name="images.0.assetId"]').waitFor({ state: 'attached' });
  for (const group of await form.locator('fieldset:has(legend:text("•")) input[type=checkbox]').all()) {
    await group.check();
    break;
  }
  await form.locator('input[name="variants.0.price.amount"]').fill(price);
  if (kind === 'physical') await form.locator('input[name="variants.0.onHand"]').fill('5');
  await seller.look();
  await form.locator('button[type=submit]').last().click();
  await page.waitForURL(/\/listings\/lst_/);
  if (kind === 'digital') {
    const release = page.locator('form:has(input[name=version])');
    await release.locator('input[name=version]').fill('1.0.0');
    await release
      .locator('input[type=file]')
      .setInputFiles({ name: 'chair.glb', mimeType: 'model/gltf-binary', buffer: emptyModel() });
    await release.locator('input[name="files.0.assetId"]').waitFor({ state: 'attached' });
    await release.locator('button[type=submit]').click();
    await page.getByText('chair.glb').first().waitFor();
    await page.locator('#releases ~ ul li').first().waitFor();
  }
  await page.locator('form:has(input[name=intent][value=publish]) button').click();
  await page.locator('form:has(input[name=intent][value=pause])').waitFor();
  await seller.look();
}

/** Finds it by its title in the search, and opens it. A change is findable within a second of its event. */
export async function find(buyer: Visitor, title: string): Promise<void> {
  const { page } = buyer;
  const link = page.locator('main a[href*="/l/"]').filter({ hasText: title });
  await buyer.go('');
  await page.locator('input[name=q]').first().fill(title);
  await page.locator('input[name=q]').first().press('Enter');
  await page.waitForURL(/\/search/);
  await eventually(async () => {
    if ((await link.count()) === 0) await page.reload();
    assert.ok((await link.count()) > 0, `the search does not show ${title}`);
  });
  await buyer.look();
  await link.first().click();
  await page.waitForURL(/\/l\//);
  await buyer.look();
}

export async function buyNow({ page }: Visitor): Promise<void> {
  await page.locator('main button[name=intent][value=buy]').click();
  await page.waitForURL(/\/checkout\//);
}

export async function addToCart({ page }: Visitor): Promise<void> {
  await page.locator('main button[name=intent][value=add]').click();
  await page.locator('main a[href$="/cart"]').first().waitFor();
}

export async function checkOutCart(buyer: Visitor): Promise<void> {
  await buyer.go('/cart');
  await buyer.look();
  await buyer.page.locator('main form button.button-primary[type=submit]').last().click();
  await buyer.page.waitForURL(/\/checkout\//);
}

/** The page of the simulated bank, as 3-D Secure shows one. */
export async function approveAtBank(buyer: Visitor): Promise<void> {
  await buyer.page.waitForURL(/\/pay\/simulated\//);
  await buyer.look();
  await buyer.page.locator('main form button.button-primary').click();
}

/** Who gets it, and where; then the payment is asked for. */
export async function fillInDelivery(
  buyer: Visitor,
  { email = 'ada@example.test', region = ADDRESS.region }: { email?: string; region?: string } = {},
): Promise<void> {
  const { page } = buyer;
  const form = page.locator('form:has(input[name=email])');
  const payment = page.locator('input[name=methodId]').first();
  await form.or(payment).first().waitFor();
  await buyer.look();
  if (await form.isVisible()) {
    await form.locator('input[name=email]').fill(email);
    if ((await form.locator('input[name="address.line1"]').count()) > 0)
      for (const [name, value] of Object.entries({ ...WRITTEN_ADDRESS, region }))
        await form.locator(`[name="address.${name}"]`).fill(value);
    await form.locator('button[type=submit]').click();
  }
  await payment.waitFor();
  await buyer.look();
}

export async function pay({ page }: Visitor, card: string): Promise<void> {
  const form = page.locator('form:has(input[name=methodId])');
  await form.locator('input[data-kind=card]').check();
  await form.locator('input[name=number]').fill(card);
  await form.locator('input[name=expiry]').fill('12/34');
  await form.locator('input[name=securityCode]').fill('123');
  await form.locator('button[type=submit]').last().click();
}

/** The order's page after it was paid; answers its id. */
export async function orderPlaced(buyer: Visitor): Promise<string> {
  await buyer.page.waitForURL(/\/account\/orders\/ord_/);
  await buyer.look();
  return /ord_\w+/.exec(buyer.page.url())?.[0] ?? '';
}

/** The seller sends it off, with carrier and number. */
export async function ship(seller: Visitor, orderId: string): Promise<void> {
  const { page } = seller;
  await seller.go(`/studio/orders/${orderId}`);
  await seller.look();
  await page.locator('details:has([name=trackingNumber]) > summary').first().click();
  const form = page.locator('form:has([name=trackingNumber])').first();
  await form.locator('[name=trackingNumber]').fill('TEST-12345');
  await form.locator('button[type=submit]').click();
  await page.getByText('TEST-12345').first().waitFor();
  await seller.look();
}

/** The link in the newest mail about an order. */
export async function mailedLink(plaza: Plaza, orderId: string): Promise<string> {
  const link = new RegExp(`https?://\\S+/order-access/${orderId}#\\S+`);
  return eventually(async () => {
    const found = (await plaza.mailbox()).flatMap(({ text }) => link.exec(text)?.[0] ?? []).at(-1);
    assert.ok(found, `no mail leads to ${orderId}`);
    return found;
  });
}

/** Opens the newest mail about an order, on a device that knows nothing of it. */
export async function openByMail(plaza: Plaza, buyer: Visitor, orderId: string): Promise<void> {
  const { page } = buyer;
  await page.context().clearCookies();
  await page.goto(await mailedLink(plaza, orderId));
  await page.waitForURL(/\/account\/orders\/ord_/);
  assert.ok(!page.url().includes('#'), 'the token is not in the address any more');
  await buyer.look();
}

/** The buyer says that it came. */
export async function confirmReceipt(buyer: Visitor, orderId: string): Promise<void> {
  const { page } = buyer;
  await buyer.go(`/account/orders/${orderId}`);
  const confirm = page.locator('main section.card form button.button-primary[type=submit]').first();
  const label = (await confirm.textContent()) ?? '';
  await confirm.click();
  await page.locator('main form button', { hasText: label }).waitFor({ state: 'detached' });
  await buyer.look();
}

/** The buyer's library gives the file. */
export async function download(buyer: Visitor, title: string): Promise<void> {
  await buyer.go('/account/library');
  assert.equal((await fileOf(buyer, title)).length, emptyModel().length);
  await buyer.look();
}

/** What a license's first link gives, as text. */
export async function fileOf({ page }: Visitor, title: string): Promise<string> {
  const item = page
    .locator('main li')
    .filter({ hasText: title })
    .filter({ has: page.locator('form') });
  await item.locator('button[type=submit]').click();
  const link = item.locator('a[download]').first();
  await link.waitFor();
  const url = (await link.getAttribute('href')) ?? '';
  return page.evaluate(
    async (address) => new TextDecoder('latin1').decode(await (await fetch(address)).arrayBuffer()),
    url,
  );
}

/** What is the seller's, in minor units of a currency with two decimals, as the page shows it: paid out, on its way, or in escrow. */
export async function balanceOf(seller: Visitor): Promise<number> {
  await seller.go('/studio/balance');
  await seller.look();
  const amounts = await seller.page.locator('main dl').first().locator('dd').allTextContents();
  assert.equal(amounts.length, 4, 'available, pending, in transit, owed');
  const [available = 0, pending = 0, inTransit = 0, owed = 0] = amounts.map(minorOf);
  return available + pending + inTransit - owed;
}

/** `$1,204.50` → 120450: the digits, with or without decimals. */
function minorOf(text: string): number {
  const [whole = '', decimals = ''] = text.replace(/[^\d.]/g, '').split('.');
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}
