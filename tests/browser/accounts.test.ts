import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { totpCode } from '@plaza/identity/testing';
import { type OpenPlaza, openPlaza } from '../support/open-plaza.ts';
import { PASSWORD } from '../support/shop.ts';
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
      await byApp.locator('input[name=code]').fill(totpCode(uri));
      await byApp.locator('button[type=submit]').click();
      await page.waitForURL((url) => !url.pathname.includes('sign-in'));

      await signOut(ada);
      const byBackup = await beginSignIn(ada, email);
      await byBackup.locator('input[name=code]').fill(backupCodes[0] ?? '');
      await byBackup.locator('button[type=submit]').click();
      await page.waitForURL((url) => !url.pathname.includes('sign-in'));
      await ada.go('/account/security');
      await page.getByText('It is on.').waitFor();
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
