import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { coinEnvironment, startChain, type TestChain } from '../../services/payments/testing/evm-chain.ts';
import { stripeEnvironment } from '../../services/payments/testing/stripe-host.ts';
import { StripeServer } from '../../services/payments/testing/stripe-server.ts';
import { eventually } from '../support/eventually.ts';
import { type OpenPlaza, openPlaza } from '../support/open-plaza.ts';
import { buyNow, fillInDelivery, orderPlaced } from '../support/screens.ts';
import { offer, openShop } from '../support/shop.ts';
import { type Visitor, visit, withVisitors } from '../support/visitor.ts';

const SHIPPED = fileURLToPath(new URL('../../marketplaces/', import.meta.url));

/** Stands for Stripe's script, which this machine cannot load: a form of its own, and a token of what was entered. */
const STRIPE_SCRIPT = `
  window.Stripe = () => ({
    elements: ({ amount, currency }) => ({
      create: () => ({ mount: (place) => { place.textContent = 'Stripe ' + amount + ' ' + currency; } }),
      getElement: () => null,
      submit: async () => ({}),
    }),
    createConfirmationToken: async () => ({ confirmationToken: { id: 'ctoken_' + window.chosenCard } }),
  });`;

let open: OpenPlaza;
let stripe: StripeServer;
let chain: TestChain;
let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-providers-'));
  await cp(SHIPPED, folder, { recursive: true });
  await useProvider('jaikod', 'simulated-transfer', 'promptpay');
  await useProvider('bazaar', 'simulated-card', 'stripe');
  await addCoin('jaikod');
  [stripe, chain] = await Promise.all([StripeServer.start(), startChain()]);
  const environment = {
    ...stripeEnvironment(stripe.url),
    ...coinEnvironment(chain, 1, 'jaikod', 'THB'),
    STRIPE_TIMEOUT_MS: '5000',
    PLAZA_MARKETPLACES_DIR: folder,
    PLAZA_JAIKOD_PROMPTPAY_ID: '0801234567',
    PLAZA_JAIKOD_PROMPTPAY_NAME: 'JaiKod Co., Ltd.',
  };
  open = await openPlaza(environment);
});
after(async () => {
  await open?.[Symbol.asyncDispose]();
  await stripe?.[Symbol.asyncDispose]();
  await chain?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Changes who carries out one of a marketplace's ways to pay. */
async function useProvider(marketplace: string, methodId: string, provider: string): Promise<void> {
  const file = path.join(folder, marketplace, 'marketplace.yaml');
  const settings = await readFile(file, 'utf8');
  const changed = settings.replace(new RegExp(`(id: ${methodId}[\\s\\S]*?provider: )simulated`), `$1${provider}`);
  assert.notEqual(changed, settings);
  await writeFile(file, changed);
}

/** Lets a marketplace take a stable-coin besides. */
async function addCoin(marketplace: string): Promise<void> {
  const file = path.join(folder, marketplace, 'marketplace.yaml');
  const method = '  - { id: coin, label: { en: Stable-coin, th: สเตเบิลคอยน์ }, provider: evm, kind: crypto }';
  const changed = (await readFile(file, 'utf8')).replace(/^paymentMethods:\n/m, (line) => `${line}${method}\n`);
  await writeFile(file, changed);
}

/** Opens a new listing and goes as far as the payment. */
async function untilPayment(buyer: Visitor, title: string): Promise<void> {
  const shop = await openShop(open.plaza, buyer.marketplace, title);
  const { slug } = await offer(open.plaza, buyer.marketplace, shop, { title });
  await buyer.go(`/l/${slug}`);
  await buyNow(buyer);
  await fillInDelivery(buyer);
}

test('a bank transfer is shown as a code, confirmed by an operator, and buys', async () => {
  const buyer = await visit(open, { marketplace: 'jaikod', lang: 'th', width: 390 });
  const admin = await visit(open, { marketplace: 'jaikod', lang: 'en' });
  await withVisitors([buyer, admin], async () => {
    await buyer.signIn('buyer');
    await untilPayment(buyer, 'Transfer lamp');
    await buyer.page.locator('input[data-kind=transfer]').check();
    await buyer.page.locator('form:has(input[name=methodId]) button[type=submit]').last().click();
    await buyer.page.waitForURL(/\/th\/pay\/transfer\//);
    await buyer.page.locator('main svg[role=img]').waitFor();
    await buyer.look();
    const [amount = '', , reference = ''] = await buyer.page.locator('main dd').allTextContents();

    await admin.signIn('admin');
    await admin.go('/admin/transfers');
    const form = admin.page.locator('form:has(input[name=received])').first();
    await form.locator('input[name=reference]').fill('WRONG');
    await form.locator('input[name=received]').fill(amount.replace(/[^\d.]/g, ''));
    await form.locator('button[type=submit]').click();
    await form.locator('[role=alert]').waitFor();
    await admin.look();
    await form.locator('input[name=reference]').fill(reference);
    await form.locator('button[type=submit]').click();
    await form.waitFor({ state: 'detached' });
    await admin.look();

    await eventually(async () => {
      await buyer.page.reload();
      assert.equal(await buyer.page.locator('main svg[role=img]').count(), 0);
    });
    await buyer.look();
    await buyer.page.locator('main a.button').click();
    await orderPlaced(buyer);
  });
});

test('a stable-coin is paid to an address of its own, counts by itself, and what was too much is sent back and verified', async () => {
  const buyer = await visit(open, { marketplace: 'jaikod', lang: 'th', width: 390 });
  const admin = await visit(open, { marketplace: 'jaikod', lang: 'en' });
  await withVisitors([buyer, admin], async () => {
    await buyer.signIn('buyer');
    await untilPayment(buyer, 'Coin lamp');
    await buyer.page.locator('input[data-kind=crypto]').check();
    await buyer.page.locator('form:has(input[name=methodId]) button[type=submit]').last().click();
    await buyer.page.waitForURL(/\/th\/pay\/coin\//);
    await buyer.page.locator('main svg[role=img]').waitFor();
    await buyer.look();
    const facts = await buyer.page.locator('main dd > span').allTextContents();
    const [, amount = '', address = ''] = facts;
    const due = BigInt(Math.round(Number.parseFloat(amount) * 100)) * 10_000n;
    // One baht too much.
    await chain.pay(address, due + 1_000_000n);
    await chain.mine(2);
    await buyer.page.locator('input[name=address]').fill(chain.buyerAddress, { timeout: 40_000 });
    await buyer.look();
    await buyer.page.locator('form:has(input[name=address]) button').click();
    await buyer.page.getByText(chain.buyerAddress).waitFor();
    await buyer.look();

    await admin.signIn('admin');
    await admin.go('/admin/coins');
    await admin.look();
    const form = admin.page.locator('form:has(input[name=transactionHash])');
    const sent = await chain.payBack(chain.buyerAddress, 1_000_000n);
    await form.locator('input').last().fill(sent);
    await form.locator('button[type=submit]').click();
    await form.locator('[role=alert]').waitFor();
    await chain.mine(2);
    await form.locator('button[type=submit]').click();
    await form.waitFor({ state: 'detached' });
    await admin.go('/admin/coins?state=sent');
    await admin.page.getByText(sent).waitFor();
    await admin.look();

    await buyer.page.getByText(sent).waitFor();
    await buyer.page.locator('main a.button').last().click();
    await orderPlaced(buyer);
  });
});

for (const [card, isChallenged] of [
  ['card_visa', false],
  ['card_threeDSecure2Required', true],
] as const) {
  test(`a card is entered at Stripe${isChallenged ? ', approved at its bank,' : ''} and buys`, async () => {
    const buyer = await visit(open, { marketplace: 'bazaar', lang: 'ja', width: 390 });
    await buyer.page.addInitScript(`window.chosenCard = ${JSON.stringify(card)}`);
    await buyer.page.route('https://js.stripe.com/**', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: STRIPE_SCRIPT }),
    );
    await buyer.page.route('https://hooks.stripe.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Your bank</h1>' }),
    );
    await withVisitors([buyer], async () => {
      await untilPayment(buyer, `Stripe lamp ${card}`);
      const entry = buyer.page.locator('[data-card-entry=stripe]');
      await entry.getByText(/^Stripe \d+ usd$/).waitFor();
      assert.equal(await buyer.page.locator('input[name=number]').count(), 0, 'our own form asks for no card');
      await buyer.look();
      await buyer.page.locator('form:has(input[name=methodId]) button[type=submit]').last().click();
      if (isChallenged) {
        await buyer.page.waitForURL(/hooks\.stripe\.com/);
        const intent = [...stripe.intents.values()].at(-1);
        stripe.answerChallenge(intent?.id ?? '', true);
        const returnUrl = new URL(buyer.page.url()).searchParams.get('return') ?? '';
        await buyer.page.goto(`${returnUrl}?payment_intent=${intent?.id}&redirect_status=succeeded`);
      }
      await orderPlaced(buyer);
    });
  });
}
