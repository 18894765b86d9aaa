import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { identityService } from '@plaza/identity';
import type { identityContract } from '@plaza/identity/contract';
import type { Context, Id, MemberId } from '@plaza/kernel';
import { notificationsService } from '@plaza/notifications';
import { BINDINGS, type Binding } from '@plaza/runtime/testing';
import { type BuyingHost, startBuying } from './testing/buying-host.ts';
import { digitalListing, refusedWith, sell, settle } from './testing/sold.ts';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a long password';

/** Orders with those who sign people up and who mail them; sellers are nobody they know. */
function start(binding: Binding): Promise<BuyingHost> {
  const identity = { grantRole: async () => ({}), getMembers: async () => ({ items: [] }) };
  return startBuying({ binding, clients: { identity }, more: [identityService, notificationsService] });
}

/** Somebody new with an account, whose address nobody has checked yet. */
async function signUp({ host }: BuyingHost, email = EMAIL, marketplaceId = 'bazaar') {
  const identity = host.client<typeof identityContract>('identity');
  const answer = await identity.signUp(
    { email, password: PASSWORD, displayName: 'Ada' },
    host.guest({ marketplaceId }),
  );
  return host.context({ memberId: answer.member.id, marketplaceId });
}

/** Opens the verification link that was mailed. */
async function verify(buying: BuyingHost, marketplaceId = 'bazaar'): Promise<void> {
  const letter = (await buying.host.mailbox()).find(({ text }) => text.includes('/verify-email?token='));
  const token = decodeURIComponent(/verify-email\?token=(\S+)/.exec(letter?.text ?? '')?.[1] ?? '');
  const identity = buying.host.client<typeof identityContract>('identity');
  await identity.verifyEmail({ token }, buying.host.guest({ marketplaceId }));
  await settle(buying);
}

async function signInAgain({ host }: BuyingHost, marketplaceId = 'bazaar'): Promise<MemberId> {
  const identity = host.client<typeof identityContract>('identity');
  const answer = await identity.signIn({ email: EMAIL, password: PASSWORD }, host.guest({ marketplaceId }));
  assert.ok(answer.state === 'SIGNED_IN');
  await host.deliver();
  return answer.member.id;
}

const ordersOf = async ({ orders }: BuyingHost, member: Context) =>
  (await orders.listOrders({}, member)).items.map(({ id }) => id);

/** The token in the link of the newest mail that leads to an order. */
async function tokenFor(buying: BuyingHost, orderId: Id<'order'>): Promise<string> {
  await settle(buying);
  await settle(buying);
  const letter = (await buying.host.mailbox()).find(({ text }) => text.includes(`/order-access/${orderId}#`));
  const token = /\/order-access\/\w+#(\S+)/.exec(letter?.text ?? '')?.[1];
  assert.ok(token, 'a mail leads to the order');
  return token;
}

for (const binding of BINDINGS) {
  describe(`orders of guests, ${binding}`, () => {
    test('who shows that the address is theirs has what was bought with it, and not before', async () => {
      await using buying = await start(binding);
      const { host, orders } = buying;
      const guest = host.guest();
      const { orderId } = await sell(buying, { buyer: guest, variantId: await digitalListing(buying) });
      // Somebody else, signed in, names the same address: that order is and stays theirs.
      const other = await sell(buying);
      const ada = await signUp(buying, 'ADA@Example.com');
      await settle(buying);
      assert.deepEqual(await ordersOf(buying, ada), [], 'anybody can sign up with an address');
      await assert.rejects(orders.getOrder({ orderId }, ada), refusedWith('ORDER_NOT_FOUND'));

      await verify(buying);
      assert.deepEqual(await ordersOf(buying, ada), [orderId]);
      assert.equal((await orders.getOrder({ orderId }, ada)).id, orderId);
      const { items } = await orders.listLicenses({}, ada);
      assert.equal(items[0]?.orderId, orderId);
      assert.equal((await orders.createDownload({ licenseId: items[0].id }, ada)).files.length, 1);
      assert.equal((await orders.getOrder({ orderId }, guest)).id, orderId, 'the browser that bought still opens it');
      assert.deepEqual(await ordersOf(buying, other.buyer), [other.orderId]);
    });

    test('what is bought as a guest later is there at the next sign-in; an address not verified gets nothing by it', async () => {
      await using buying = await start(binding);
      const ada = await signUp(buying);
      const { orderId } = await sell(buying, { buyer: buying.host.guest() });
      await signInAgain(buying);
      assert.deepEqual(await ordersOf(buying, ada), []);
      await verify(buying);
      const { orderId: second } = await sell(buying, { buyer: buying.host.guest() });
      assert.deepEqual(await ordersOf(buying, ada), [orderId]);
      await signInAgain(buying);
      await buying.host.deliver();
      assert.deepEqual(await ordersOf(buying, ada), [second, orderId]);
    });

    test('verified in another marketplace, the order stays where it was bought until its buyer comes there', async () => {
      await using buying = await start(binding);
      const { orderId } = await sell(buying, { buyer: buying.host.guest() });
      const there = await signUp(buying, EMAIL, 'gamarriando');
      await verify(buying, 'gamarriando');
      assert.deepEqual(await ordersOf(buying, there), []);
      await assert.rejects(buying.orders.getOrder({ orderId }, there), refusedWith('ORDER_NOT_FOUND'));
      const memberId = await signInAgain(buying);
      assert.deepEqual(await ordersOf(buying, buying.host.context({ memberId })), [orderId]);
    });

    test('the mailed link opens the order on another device, to be confirmed there', async () => {
      await using buying = await start(binding);
      const { host, orders, seller } = buying;
      const { orderId } = await sell(buying, { buyer: host.guest() });
      const token = await tokenFor(buying, orderId);
      const phone = host.guest();
      await assert.rejects(orders.getOrder({ orderId }, phone), refusedWith('ORDER_NOT_FOUND'));
      assert.equal((await orders.openGuestOrder({ orderId, token }, phone)).email, EMAIL);
      await orders.openGuestOrder({ orderId, token }, phone);
      await orders.shipOrder({ orderId, carrier: 'UPS', trackingNumber: '1Z999' }, seller);
      assert.notEqual(await tokenFor(buying, orderId), '', 'the mail about the shipment has a link too');
      const moved = await orders.takeOrderAction({ orderId, action: 'confirm' }, phone);
      assert.equal(moved.groups[0]?.state, 'delivered');
      const member = host.context();
      await orders.openGuestOrder({ orderId, token }, member);
      assert.equal((await orders.getOrder({ orderId }, member)).id, orderId);
      assert.deepEqual(await ordersOf(buying, member), [], 'opened is not owned');
    });

    test('it opens that order alone, in that marketplace, for who is somebody, and not for ever', async () => {
      await using buying = await start(binding);
      const { host, orders } = buying;
      const [one, other] = [
        await sell(buying, { buyer: host.guest() }),
        await sell(buying, { buyer: host.guest(), variantId: await digitalListing(buying) }),
      ];
      const [{ orderId }, token] = [one, await tokenFor(buying, one.orderId)];
      const thief = host.guest();
      const notFound = refusedWith('ORDER_NOT_FOUND');
      await assert.rejects(orders.openGuestOrder({ orderId: other.orderId, token }, thief), notFound);
      await assert.rejects(orders.openGuestOrder({ orderId, token: `${token}A` }, thief), notFound);
      const abroad = host.guest({ marketplaceId: 'gamarriando' });
      await assert.rejects(orders.openGuestOrder({ orderId, token }, abroad), notFound);
      const nobody: Context = { ...thief, actor: { kind: 'guest' } };
      await assert.rejects(orders.openGuestOrder({ orderId, token }, nobody), refusedWith('UNAUTHENTICATED'));
      await orders.openGuestOrder({ orderId, token }, thief);
      await assert.rejects(orders.getOrder({ orderId: other.orderId }, thief), notFound);
      await assert.rejects(orders.listOrderLicenses({ orderId: other.orderId }, thief), notFound);
      host.advance({ days: 91 });
      const late = host.guest();
      await assert.rejects(orders.openGuestOrder({ orderId, token }, late), refusedWith('ORDER_LINK_EXPIRED'));
      assert.equal((await orders.getOrder({ orderId }, thief)).id, orderId, 'who opened it in time keeps it');
    });

    test('who lost the link is mailed another, to the address of the order alone and not again and again', async () => {
      await using buying = await start(binding);
      const { host, orders } = buying;
      const guest = host.guest();
      const { orderId } = await sell(buying, { buyer: guest });
      await tokenFor(buying, orderId);
      const { number: orderNumber } = await orders.getOrder({ orderId }, guest);
      const links = async () => (await host.mailbox()).filter(({ subject }) => subject.includes('new link'));
      const ask = async (email: string, marketplaceId = 'bazaar') => {
        assert.deepEqual(await orders.mailOrderLink({ orderNumber, email }, host.guest({ marketplaceId })), {});
        await settle(buying);
        await settle(buying);
      };
      await ask('thief@example.com');
      await ask(EMAIL, 'gamarriando');
      assert.deepEqual(await links(), []);
      host.advance({ days: 91 });
      await ask(EMAIL.toUpperCase());
      await ask(EMAIL);
      const [letter, ...more] = await links();
      assert.deepEqual([letter?.to, more.length], [EMAIL, 0]);
      const token = /\/order-access\/\w+#(\S+)/.exec(letter?.text ?? '')?.[1] ?? '';
      assert.equal((await orders.openGuestOrder({ orderId, token }, host.guest())).id, orderId);
      host.advance({ minutes: 5 });
      await ask(EMAIL);
      assert.equal((await links()).length, 2);
    });

    test('who signs in in the browser that bought goes on with the order, and has it once the address is verified', async () => {
      await using buying = await start(binding);
      const { host, orders } = buying;
      const guest = host.guest();
      const [{ orderId }, other] = [await sell(buying, { buyer: guest }), await sell(buying, { buyer: host.guest() })];
      assert.ok(guest.actor.kind === 'guest' && guest.actor.guestId !== undefined);
      const ada = await signUp(buying);
      const [guestToken, notFound] = [guest.actor.guestId, refusedWith('ORDER_NOT_FOUND')];
      await orders.keepGuestOrders({ guestToken: 'another-browser' }, ada);
      await assert.rejects(orders.getOrder({ orderId }, ada), notFound);
      await orders.keepGuestOrders({ guestToken }, ada);
      await orders.keepGuestOrders({ guestToken }, ada);
      assert.equal((await orders.getOrder({ orderId }, ada)).id, orderId);
      await assert.rejects(orders.getOrder({ orderId: other.orderId }, ada), notFound);
      assert.deepEqual(await ordersOf(buying, ada), [], 'not before the address is verified');
      await verify(buying);
      assert.deepEqual((await ordersOf(buying, ada)).sort(), [orderId, other.orderId].sort());
    });

    test('of many devices that opened an order the latest are remembered', async () => {
      await using buying = await start(binding);
      const { host, orders } = buying;
      const { orderId } = await sell(buying, { buyer: host.guest() });
      const token = await tokenFor(buying, orderId);
      const devices = Array.from({ length: 52 }, () => host.guest());
      for (const device of devices) await orders.openGuestOrder({ orderId, token }, device);
      const [first, second, third] = devices as [Context, Context, Context];
      for (const device of [first, second])
        await assert.rejects(orders.getOrder({ orderId }, device), refusedWith('ORDER_NOT_FOUND'));
      await orders.getOrder({ orderId }, third);
      await orders.getOrder({ orderId }, devices.at(-1) as Context);
    });
  });
}
