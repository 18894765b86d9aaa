import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { totpCode } from '@plaza/identity/testing';
import { eventually } from '../support/eventually.ts';
import { type OpenPlaza, openPlaza } from '../support/open-plaza.ts';
import { offer, openShop, PASSWORD } from '../support/shop.ts';
import { type Visitor, visit, withVisitors } from '../support/visitor.ts';

let open: OpenPlaza;
before(async () => {
  open = await openPlaza();
});
after(() => open?.[Symbol.asyncDispose]());

/** A new member in front of their own screen. */
async function join(visitor: Visitor, email: string): Promise<void> {
  const { member } = await open.plaza
    .client({ marketplace: visitor.marketplace })
    .identity.signUp({ email, password: PASSWORD, displayName: 'Ada' });
  assert.equal(member.email, email);
  await visitor.signInAs(email);
}

async function signOut({ page, lang, ...visitor }: Visitor): Promise<void> {
  await visitor.go('/account/security');
  await page.locator('aside form button[type=submit]').click();
  await page.waitForURL((url) => url.pathname === `/${lang}`);
}

/** The password is right; now the second step is asked for. */
async function beginSignIn(visitor: Visitor, email: string) {
  await visitor.go('/sign-in');
  await visitor.fillInSignIn(email, PASSWORD);
  const form = visitor.page.locator('form:has(input[name=code])');
  await form.waitFor();
  return form;
}

for (const width of [390, 1280] as const)
  test(`two-step sign-in is set up, and lets in by the app and by a backup code, at ${width} px`, async () => {
    const email = `two-step-${width}@example.test`;
    const ada = await visit(open, { marketplace: 'bazaar', lang: 'en', width });
    const { page } = ada;
    await withVisitors([ada], async () => {
      await join(ada, email);
      await ada.go('/account/security');
      const setUp = page.locator('section[aria-labelledby=totp]');
      await setUp.locator('input[type=password]').fill(PASSWORD);
      await setUp.locator('button[type=submit]').first().click();
      const secret = setUp.locator('[data-secret]');
      await secret.waitFor();
      await ada.look();
      const uri = (await secret.locator('a[href^="otpauth:"]').getAttribute('href')) ?? '';
      const backupCodes = await secret.locator('li').allTextContents();
      const confirm = setUp.locator('form:has(input[name=code])');
      const right = totpCode(uri);
      await confirm.locator('input[name=code]').fill(right === '000000' ? '111111' : '000000');
      await confirm.locator('button[type=submit]').click();
      await confirm.getByRole('alert').waitFor();
      assert.ok(await secret.isVisible(), 'a wrong code does not take the secret from the screen');
      await confirm.locator('input[name=code]').fill(totpCode(uri));
      await confirm.locator('button[type=submit]').click();
      await setUp.getByText('It is on.').waitFor();
      await ada.look();

      await signOut(ada);
      const byApp = await beginSignIn(ada, email);
      await ada.look();
      await byApp.locator('input[name=code]').fill('000000');
      await byApp.locator('button[type=submit]').click();
      await byApp.getByRole('alert').waitFor();
      await byApp.locator('input[name=code]').fill(totpCode(uri, { ahead: 1 }));
      await byApp.locator('button[type=submit]').click();
      await page.waitForURL((url) => !url.pathname.includes('sign-in'));

      await signOut(ada);
      const byBackup = await beginSignIn(ada, email);
      await byBackup.locator('input[name=code]').fill(backupCodes[0] ?? '');
      await byBackup.locator('button[type=submit]').click();
      await page.waitForURL((url) => !url.pathname.includes('sign-in'));
      await ada.go('/account/security');
      await page.getByText('It is on.').waitFor();

      const renew = setUp.locator('form').last();
      await renew.locator('input[type=password]').fill(PASSWORD);
      await renew.getByRole('button', { name: 'Make new backup codes' }).click();
      await renew.locator('li').first().waitFor();
      const renewed = await renew.locator('li').allTextContents();
      assert.equal(new Set([...renewed, ...backupCodes]).size, renewed.length + backupCodes.length);
      await ada.look();
    });
  });

test('the devices that are signed in are named, and another one is signed out from here', async () => {
  const desk = await visit(open, { marketplace: 'bazaar', lang: 'en' });
  const phone = await visit(open, { marketplace: 'bazaar', lang: 'en', width: 390 });
  await withVisitors([desk, phone], async () => {
    await join(desk, 'devices@example.test');
    await phone.signInAs('devices@example.test');
    await desk.go('/account/security');
    const browsers = desk.page.locator('section[aria-labelledby=sessions] li').filter({ hasText: 'Chrome · Linux' });
    assert.equal(await browsers.count(), 2);
    assert.equal(await browsers.filter({ hasText: 'this device' }).count(), 1);
    const signOutThere = browsers.getByRole('button');
    await signOutThere.click();
    await signOutThere.waitFor({ state: 'detached' });
    await phone.go('/account/security');
    await phone.page.waitForURL(/sign-in/);
  });
});

for (const [marketplace, lang, width] of [
  ['jaikod', 'th', 390],
  ['gamarriando', 'es', 1280],
] as const)
  test(`a member of ${marketplace} chooses what comes by mail, at ${width} px`, async () => {
    const ada = await visit(open, { marketplace, lang, width });
    const { page } = ada;
    await withVisitors([ada], async () => {
      await join(ada, `choosing-${lang}@example.test`);
      await ada.go('/account/notifications');
      await page.locator('main a[href$="/notifications/settings"]').click();
      await page.waitForURL(/settings/);
      await ada.look();
      const mails = page.locator('input[name="reviews.email"]');
      assert.ok(await mails.isChecked());
      await mails.uncheck();
      const form = page.locator('form').filter({ has: mails });
      await form.locator('button[type=submit]').click();
      await form.getByRole('status').waitFor();
      assert.equal(await mails.isChecked(), false, 'the form stays as it was filled in');
      await ada.look();
      await page.reload();
      assert.equal(await mails.isChecked(), false);
      assert.ok(await page.locator('input[name="orders.email"]').isChecked());
      await mails.check();
      await form.locator('button[type=submit]').click();
      await form.getByRole('status').waitFor();
      await page.reload();
      assert.ok(await mails.isChecked(), 'and is taken back');
      assert.equal(await page.locator('input[name^="security."]').count(), 0);
    });
  });

test('who said on one device that they may be remembered is not asked on the next', async () => {
  const desk = await visit(open, { marketplace: 'bazaar', lang: 'en' });
  const phone = await visit(open, { marketplace: 'bazaar', lang: 'en', width: 390 });
  await withVisitors([desk, phone], async () => {
    await join(desk, 'remembered@example.test');
    const asked = ({ page }: Visitor) => page.getByRole('button', { name: 'Yes, remember' });
    await asked(desk).click();
    await asked(desk).waitFor({ state: 'detached' });
    await phone.go('');
    assert.equal(await asked(phone).count(), 1, 'a guest is asked');
    await phone.signInAs('remembered@example.test');
    await phone.go('');
    assert.equal(await asked(phone).count(), 0);
  });
});

test('a saved search tells of what is new, in the shop and by mail, and its mails end without signing in', async () => {
  const ada = await visit(open, { marketplace: 'bazaar', lang: 'en', width: 390 });
  const reader = await visit(open, { marketplace: 'bazaar', lang: 'en', width: 390 });
  const { page } = ada;
  await withVisitors([ada, reader], async () => {
    await join(ada, 'searching@example.test');
    const save = async () => {
      await ada.go('/search?q=zebulon+telescope');
      await page.getByRole('link', { name: 'Save this search' }).click();
      await page.waitForURL(/searches\/new/);
      await page.locator('select[name=delivery]').selectOption('instant');
      await page.locator('main form:has(select[name=delivery]) button[type=submit]').click();
    };
    await save();
    await page.waitForURL(/\/account\/searches$/);
    await save();
    const refusal = page.getByRole('alert').filter({ hasText: 'saved this search already' });
    await refusal.waitFor();
    assert.ok(await refusal.getByRole('link', { name: 'See your saved searches' }).isVisible());
    const [seen, header] = [await refusal.boundingBox(), await page.locator('header').boundingBox()];
    assert.ok(seen && header && seen.y >= header.y + header.height, 'the header does not cover what went wrong');

    const shop = await openShop(open.plaza, 'bazaar', 'Old Instruments');
    await offer(open.plaza, 'bazaar', shop, { title: 'Zebulon brass telescope' });
    const letter = await eventually(async () => {
      const found = (await open.plaza.mailbox()).find(
        ({ to, text }) => to === 'searching@example.test' && text.includes('Zebulon brass telescope'),
      );
      assert.ok(found);
      return found;
    });
    await ada.go('/account/notifications');
    await page.getByRole('button', { name: 'Found for “zebulon telescope”' }).click();
    await page.waitForURL(/\/account\/searches$/);
    await page.getByText('1 new').waitFor();
    await ada.look();

    const stop = /http\S+\/unsubscribe\/\S+/.exec(letter.text)?.[0] ?? '';
    await reader.page.goto(stop);
    await reader.page.getByRole('button', { name: 'End mails of this search' }).click();
    await reader.page.getByText('No more such mails will come.').waitFor();
    await reader.look();
    await page.reload();
    await page.getByText('No mails, only marked here').first().waitFor();
  });
});

test('a file that is no picture is refused beside the field, in the reader’s language', async () => {
  const ada = await visit(open, { marketplace: 'gamarriando', lang: 'es', width: 390 });
  const { page } = ada;
  await withVisitors([ada], async () => {
    await ada.go('/picture-search');
    const file = { name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('words') };
    await page.locator('main input[type=file]').setInputFiles(file);
    await page.locator('main form button[type=submit]').click();
    await page.getByText('No es JPEG, PNG').waitFor();
    await ada.look();
  });
});

test('above results stands what was searched for, to be mended', async () => {
  const ada = await visit(open, { marketplace: 'temuhash', lang: 'en' });
  await withVisitors([ada], async () => {
    const box = ada.page.getByRole('combobox').first();
    await ada.go('/search?q=swrod');
    assert.equal(await box.inputValue(), 'swrod');
    await box.fill('barrel');
    await box.press('Enter');
    await ada.page.waitForURL(/q=barrel/);
    assert.equal(await box.inputValue(), 'barrel');
    await ada.page.locator('header a').first().click();
    await ada.page.waitForURL(/\/en$/);
    assert.equal(await box.inputValue(), '');
  });
});
