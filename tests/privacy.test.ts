import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from './support/eventually.ts';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { mailedLink } from './support/screens.ts';
import { ADDRESS, buy, offer, openShop } from './support/shop.ts';

const EMAIL = 'grace.private@example.test';
const PASSWORD = 'a password nobody may read 7431';
const NEW_PASSWORD = 'another password nobody may read 9925';
const PHONE = '+15035550177';
const CARD = '4242424242424242';
const SECURITY_CODE = '8642';
const DECLINED_CARD = '4000000000000002';
const WRONG = `wrong ${PASSWORD}`;

/** What must not be read anywhere but in the answer it is meant for; tokens join as they are given out. */
const secrets = new Map<string, string>([
  ['e-mail address', EMAIL],
  ['password', PASSWORD],
  ['new password', NEW_PASSWORD],
  ['phone', PHONE],
  ['phone without its plus', PHONE.slice(1)],
  ['card', CARD],
  ['declined card', DECLINED_CARD],
  ['security code', `"${SECURITY_CODE}"`],
  ['street', ADDRESS.line1],
]);

let plaza: Plaza;
before(async () => {
  plaza = await startPlaza({ environment: { PLAZA_LOG_LEVEL: 'debug' } });
});
after(() => plaza?.[Symbol.asyncDispose]());

type Sent = { readonly method?: string; readonly token?: string; readonly body?: unknown };
type Reply = { readonly status: number; readonly text: string; readonly json: Record<string, unknown> };

async function send(path: string, { method = 'POST', token, body }: Sent = {}): Promise<Reply> {
  assertClean(path, `the address ${path}`);
  const response = await fetch(`${plaza.url}/api/v1${path}`, {
    method,
    headers: {
      'x-marketplace': 'bazaar',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) assertClean(text, `the refusal of ${method} ${path}`);
  return { status: response.status, text, json: JSON.parse(text) };
}

function assertClean(text: string, where: string): void {
  for (const [name, secret] of secrets) assert.ok(!text.includes(secret), `${where} tells the ${name}: ${text}`);
}

async function refused(path: string, status: number, sent: Sent): Promise<void> {
  const reply = await send(path, sent);
  assert.equal(reply.status, status, reply.text);
}

describe('secrets and personal data stay out of refusals, addresses, and logs', () => {
  let token: string;

  test('signing up, in, and wrongly', async () => {
    secrets.set('wrong password', WRONG);
    const person = { email: EMAIL, password: PASSWORD, displayName: 'Grace', phone: PHONE };
    const signedUp = await send('/members', { body: person });
    assert.equal(signedUp.status, 201, signedUp.text);
    token = String(signedUp.json.token);
    secrets.set('token of the first session', token);
    await refused('/members', 409, { body: person });
    await refused('/members', 422, { body: { ...person, email: `${EMAIL} ${PHONE}` } });
    await refused('/members', 400, { body: `{"email":"${EMAIL}","password":"${PASSWORD}"` });
    await refused('/sessions', 401, { body: { email: EMAIL, password: WRONG } });
    await refused('/members/me/password', 403, { token, body: { currentPassword: WRONG, newPassword: NEW_PASSWORD } });
    await refused('/members/me', 401, { method: 'GET', token: `${token}x` });
    const signedIn = await send('/sessions', { body: { email: EMAIL, password: PASSWORD } });
    assert.equal(signedIn.status, 201, signedIn.text);
    token = String(signedIn.json.token);
    secrets.set('token of the second session', token);
  });

  test('a phone code', async () => {
    await send('/phone-codes', { body: { phone: PHONE } });
    await refused('/phone-codes/verification', 403, { body: { phone: PHONE, code: '000000' } });
  });

  test('a password reset', async () => {
    await send('/password-resets', { body: { email: EMAIL } });
    const reset = await eventually(async () => {
      const letters = (await plaza.mailbox()).filter(({ to }) => to === EMAIL).map(({ text }) => text);
      const found = letters.flatMap((text) => [...text.matchAll(/(https?:\S*reset\S*token=([\w.-]+))/g)]).at(-1);
      assert.ok(found !== undefined, letters.join('\n'));
      return found[2] ?? '';
    });
    secrets.set('reset token', reset);
    await refused('/password-resets/completion', 422, { body: { token: reset, newPassword: 'x' } });
    const done = await send('/password-resets/completion', { body: { token: reset, newPassword: NEW_PASSWORD } });
    assert.ok(done.status < 300, done.text);
    await refused('/password-resets/completion', 410, { body: { token: reset, newPassword: NEW_PASSWORD } });
    const signedIn = await send('/sessions', { body: { email: EMAIL, password: NEW_PASSWORD } });
    token = String(signedIn.json.token);
    secrets.set('token of the third session', token);
  });

  test('a checkout with cards, one of them declined', async () => {
    const shop = await openShop(plaza, 'bazaar');
    const { variantId } = await offer(plaza, 'bazaar', shop);
    const card = (number: string) => ({
      kind: 'card',
      number,
      expiryMonth: 12,
      expiryYear: 2034,
      securityCode: SECURITY_CODE,
    });
    const checkout = await send('/checkouts', {
      token,
      body: { buyNow: { variantId, quantity: 1 }, email: EMAIL, address: { ...ADDRESS, phone: PHONE } },
    });
    assert.equal(checkout.status, 201, checkout.text);
    await refused('/payment-methods', 422, { token, body: { ...card(CARD), number: `${CARD} ${CARD}` } });
    await refused('/payment-methods', 422, { token, body: { ...card(CARD), expiryYear: CARD } });
    const outcomes: unknown[] = [];
    for (const number of [DECLINED_CARD, CARD]) {
      const method = await send('/payment-methods', { token, body: card(number) });
      assert.equal(method.status, 201, method.text);
      assert.ok(!method.text.includes(number), 'only the last digits come back');
      const payment = { methodId: 'simulated-card', token: method.json.token };
      const completed = await send(`/checkouts/${checkout.json.id}/completion`, { token, body: { payment } });
      outcomes.push(completed.json.outcome);
    }
    assert.deepEqual(outcomes, ['declined', 'completed']);
  });

  test('a guest’s order, opened by its mailed link', async () => {
    const shop = await openShop(plaza, 'bazaar');
    const { variantId } = await offer(plaza, 'bazaar', shop);
    const guestOf = (guestId: string) => plaza.client({ marketplace: 'bazaar', guestId });
    const { orderId } = await buy(guestOf('a-guest-of-the-privacy-test'), variantId, { email: EMAIL });
    assert.ok(orderId);
    const [, accessToken = ''] = (await mailedLink(plaza, orderId)).split('#');
    secrets.set('token of the mailed link', accessToken);
    await refused(`/orders/${orderId}/guest-access`, 404, { body: { token: `${accessToken}x` } });
    await guestOf('another-device-of-the-guest').orders.openGuestOrder({ orderId, token: accessToken });
  });

  test('the server’s own output', async () => {
    await eventually(async () =>
      assert.deepEqual(
        await plaza.rows(`select id from identity.outbox union all select id from orders.outbox`),
        [],
        'all that follows from it has been said',
      ),
    );
    await plaza.stop();
    assertClean(plaza.output(), 'the output of the server');
    assert.doesNotMatch(plaza.output(), /DeprecationWarning/);
    assert.deepEqual(plaza.faults(), []);
  });

  test('no card number and no password lies in the database', async () => {
    const tables = await plaza.rows<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const words = [CARD, DECLINED_CARD, PASSWORD, NEW_PASSWORD, WRONG].map((word) => `'${word}'`);
    const holding = tables.map(
      ({ name }) =>
        `select '${name}' as name, secret.word from ${name} as held, unnest(array[${words}]) as secret (word)
         where strpos(held::text, secret.word) > 0`,
    );
    assert.ok(holding.length > 0);
    assert.deepEqual(await plaza.rows(holding.join(' union ')), []);
  });
});
