import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { identityService } from '@plaza/identity';
import type { identityContract } from '@plaza/identity/contract';
import { type Client, newId } from '@plaza/kernel';
import {
  offerMoved,
  orderContested,
  orderMoved,
  orderPlaced,
  orderRefunded,
  paybackAddressAsked,
  returnMoved,
} from '@plaza/orders/events';
import { paymentDisputed, payoutAccountChanged } from '@plaza/payments/events';
import { reviewAsked } from '@plaza/reviews/events';
import { BINDINGS, startTestHost, type TestHost } from '@plaza/runtime/testing';
import type { notificationsContract } from './contract.ts';
import { notificationsService } from './index.ts';

async function signUp(host: TestHost, email: string, marketplaceId = 'bazaar') {
  const identity: Client<typeof identityContract> = host.client('identity');
  const guest = host.guest({ marketplaceId });
  const { member } = await identity.signUp({ email, password: 'a long password', displayName: 'Ada' }, guest);
  return host.context({ memberId: member.id, marketplaceId });
}

/** Everything that is to be told is told. */
async function settle(host: TestHost): Promise<void> {
  await host.deliver();
  await host.runTimers();
}

function memberIdOf(context: ReturnType<TestHost['context']>) {
  if (context.actor.kind !== 'member') throw new Error('a member was expected');
  return context.actor.memberId;
}

function moved(buyerMemberId: ReturnType<typeof memberIdOf> | null, sellerMemberId: ReturnType<typeof memberIdOf>) {
  return {
    orderId: newId('order'),
    number: 'B-10023',
    buyerMemberId,
    email: buyerMemberId === null ? 'guest@example.com' : null,
    locale: 'en',
    groupId: newId('shipmentGroup'),
    storeId: newId('store'),
    storeName: 'Ada <Prints>',
    sellerMemberId,
    state: 'shipped',
    version: 2,
    action: 'ship',
    by: 'seller' as const,
    isFinal: false,
    details: { carrier: 'KEX', trackingNumber: 'KX1' },
  };
}

for (const binding of BINDINGS) {
  describe(`notifications, ${binding}`, () => {
    test('who joins is welcomed by mail and in the inbox, which only they see', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const notifications = host.client<typeof notificationsContract>('notifications');
      const ada = await signUp(host, 'ada@example.com');
      await settle(host);
      const { items, unreadCount } = await notifications.listNotifications({}, ada);
      assert.deepEqual(
        items.map(({ title, isRead }) => [title, isRead]),
        [['Welcome to Bazaar', false]],
      );
      assert.equal(unreadCount, 1);
      const letter = (await host.mailbox()).find(({ subject }) => subject === 'Welcome to Bazaar');
      assert.equal(letter?.to, 'ada@example.com');
      assert.match(letter.text, /^Hello Ada,/);

      const eve = await signUp(host, 'eve@example.com');
      const notificationId = items[0]?.id ?? newId('notification');
      await assert.rejects(notifications.markNotificationRead({ notificationId }, eve), {
        code: 'NOTIFICATION_NOT_FOUND',
        status: 404,
      });
      assert.equal((await notifications.markNotificationRead({ notificationId }, ada)).isRead, true);
      assert.equal((await notifications.listNotifications({ isUnread: true }, ada)).unreadCount, 0);
      await assert.rejects(notifications.listNotifications({}, host.guest()), { code: 'UNAUTHENTICATED' });
    });

    test('a step of an order is told to the other side once, in their language and words', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const notifications = host.client<typeof notificationsContract>('notifications');
      const buyer = await signUp(host, 'buyer@example.com');
      const seller = await signUp(host, 'seller@example.com');
      const identity = host.client<typeof identityContract>('identity');
      await identity.updateMe({ locale: 'th' }, buyer);
      await settle(host);
      await notifications.markAllNotificationsRead({}, buyer);
      const data = moved(memberIdOf(buyer), memberIdOf(seller));
      await host.database('identity').transaction('bazaar', (tx) => tx.announce(orderMoved, data.orderId, data));
      await settle(host);
      await settle(host);
      const told = await notifications.listNotifications({ isUnread: true }, buyer);
      assert.equal(told.items.length, 1);
      assert.match(told.items[0]?.title ?? '', /B-10023 ส่งแล้ว/);
      assert.match(told.items[0]?.text ?? '', /KEX KX1/);
      assert.equal(told.items[0]?.path, `/account/orders/${data.orderId}`);
      const letters = (await host.mailbox()).filter(({ subject }) => subject.includes('B-10023'));
      assert.deepEqual(
        letters.map(({ to }) => to),
        ['buyer@example.com'],
      );
      assert.match(letters[0]?.text ?? '', new RegExp(`/th/account/orders/${data.orderId}`));
      assert.match(letters[0]?.html ?? '', /Ada &lt;Prints&gt;/);
    });

    test('a guest hears by mail, each seller of an order hears of their part', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const notifications = host.client<typeof notificationsContract>('notifications');
      const seller = await signUp(host, 'seller@example.com');
      const group = (amountMinor: number) => ({
        groupId: newId('shipmentGroup'),
        storeId: newId('store'),
        storeName: `Store ${amountMinor}`,
        sellerMemberId: memberIdOf(seller),
        total: { amountMinor, currency: 'USD' as const },
        lines: [],
      });
      const orderId = newId('order');
      await host.database('identity').transaction('bazaar', (tx) =>
        tx.announce(orderPlaced, orderId, {
          orderId,
          number: 'B-7',
          buyerMemberId: null,
          email: 'guest@example.com',
          locale: 'ja',
          total: { amountMinor: 3000, currency: 'USD' },
          groups: [group(1000), group(2000)],
        }),
      );
      await settle(host);
      const { items } = await notifications.listNotifications({}, seller);
      const sales = items.filter(({ topic }) => topic === 'orders');
      assert.deepEqual(sales.map(({ text }) => /Store \d+/.exec(text)?.[0]).sort(), ['Store 1000', 'Store 2000']);
      const letter = (await host.mailbox()).find(({ to }) => to === 'guest@example.com');
      assert.match(letter?.subject ?? '', /B-7 のお支払いが完了しました/);
      assert.match(letter?.text ?? '', /\$30\.00/);
    });

    test('who pays at the door hears what they pay then, and who gets coins back where to say to which address', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const [orderId, paymentId] = [newId('order'), newId('payment')];
      const guest = { orderId, number: 'B-8', buyerMemberId: null, email: 'guest@example.com', locale: 'en' };
      const amount = { amountMinor: 3000, currency: 'USD' as const };
      await host.database('identity').transaction('bazaar', async (tx) => {
        await tx.announce(orderPlaced, orderId, { ...guest, total: amount, isDue: true, groups: [] });
        await tx.announce(paybackAddressAsked, orderId, { ...guest, paymentId, owed: amount });
      });
      await settle(host);
      const letters = (await host.mailbox()).filter(({ to }) => to === 'guest@example.com');
      const placed = letters.find(({ subject }) => subject.includes('is placed'));
      assert.match(placed?.text ?? '', /You pay \$30\.00 in all when your parcels are handed to you/);
      const asked = letters.find(({ subject }) => subject.startsWith('Where shall your $30.00 go?'));
      assert.ok(asked?.text.includes(`/pay/coin/${paymentId}`));
    });

    test('whoever changed a payout account, its owner is mailed, with no more than its last digits', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const seller = await signUp(host, 'seller@example.com');
      const payoutAccountId = newId('payoutAccount');
      await host.database('identity').transaction('bazaar', (tx) =>
        tx.announce(payoutAccountChanged, payoutAccountId, {
          payoutAccountId,
          ownerKind: 'store',
          memberId: memberIdOf(seller),
          bankName: 'SCB',
          last4: '6789',
          isChange: true,
          usableTime: '2026-11-22T08:00:00.000Z',
        }),
      );
      await settle(host);
      const letter = (await host.mailbox()).find(({ subject }) => subject.includes('6789'));
      assert.equal(letter?.to, 'seller@example.com');
      assert.match(letter?.text ?? '', /SCB|change your password/);
      assert.match(letter?.text ?? '', /until 2026-11-22 08:00 UTC/);
    });

    test('a return is told to the other side at each step, and a claim of the bank to the seller alone', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const notifications = host.client<typeof notificationsContract>('notifications');
      const buyer = await signUp(host, 'buyer@example.com');
      const seller = await signUp(host, 'seller@example.com');
      const { details: _details, ...face } = moved(memberIdOf(buyer), memberIdOf(seller));
      const step = { ...face, returnId: newId('return'), isFinal: false, details: { reason: 'Too small.' } };
      await host.database('identity').transaction('bazaar', async (tx) => {
        await tx.announce(returnMoved, face.orderId, { ...step, by: 'buyer', returnState: 'requested' });
        await tx.announce(returnMoved, face.orderId, { ...step, by: 'seller', returnState: 'declined' });
        await tx.announce(orderContested, face.orderId, {
          ...face,
          chargebackId: newId('chargeback'),
          claim: 'opened',
          amount: { amountMinor: 4_500, currency: 'USD' },
          reason: 'product_not_received',
          evidenceDueTime: null,
        });
      });
      await settle(host);
      const titlesOf = async (who: typeof buyer) =>
        (await notifications.listNotifications({}, who)).items.map(({ title }) => title).sort();
      assert.deepEqual(await titlesOf(buyer), ['Welcome to Bazaar', 'Your return was declined']);
      assert.deepEqual(await titlesOf(seller), [
        'A return is asked for: B-10023',
        'The buyer’s bank claims $45.00 of B-10023',
        'Welcome to Bazaar',
      ]);
    });

    test('admins hear of a chargeback, until when to answer and why, in their own language; others do not', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const identity = host.client<typeof identityContract>('identity');
      const notifications = host.client<typeof notificationsContract>('notifications');
      const admin = await signUp(host, 'admin@example.com', 'gamarriando');
      const buyer = await signUp(host, 'buyer@example.com', 'gamarriando');
      const memberId = memberIdOf(admin);
      await identity.grantRole({ memberId, role: 'admin' }, host.service({ marketplaceId: 'gamarriando' }));
      await identity.updateMe({ locale: 'es' }, admin);
      const claim = {
        ...{ paymentId: newId('payment'), orderId: newId('order'), chargebackId: newId('chargeback') },
        ...{ provider: 'simulated', disputeReference: 'dp_1', reason: 'product_not_received' },
        ...{ checkoutId: newId('checkout'), payerMemberId: memberIdOf(buyer), version: 2 },
        amount: { amountMinor: 5_100, currency: 'MXN' },
        disputed: { amountMinor: 4_500, currency: 'MXN' },
        evidenceDueTime: '2026-12-01T18:00:00.000Z',
      } as const;
      await host.database('identity').transaction('gamarriando', async (tx) => {
        for (const state of ['opened', 'lost'] as const)
          await tx.announce(paymentDisputed, claim.paymentId, { ...claim, state });
      });
      await settle(host);
      const { items } = await notifications.listNotifications({}, admin);
      const told = items.filter(({ path }) => path === `/admin/chargebacks/${claim.chargebackId}`);
      const titles = told.map(({ title }) => title).sort();
      assert.deepEqual(titles, [
        'Un banco devolvió $45.00 al comprador',
        'Un banco reclama $45.00; responde a más tardar el 1 de diciembre de 2026',
      ]);
      assert.ok(told.every(({ text }) => text.includes('No lo recibió')));
      assert.equal((await notifications.listNotifications({}, buyer)).items.length, 1);
    });

    test('a buyer hears that a refund waits for their bank, and when it goes after all', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const notifications = host.client<typeof notificationsContract>('notifications');
      const buyer = await signUp(host, 'buyer@example.com');
      const face = moved(memberIdOf(buyer), memberIdOf(await signUp(host, 'seller@example.com')));
      const amount = { amountMinor: 4_500, currency: 'USD' as const };
      await host.database('identity').transaction('bazaar', async (tx) => {
        await tx.announce(orderRefunded, face.orderId, {
          ...face,
          refunded: amount,
          reason: 'changed',
          isWaiting: true,
        });
        const claim = {
          chargebackId: newId('chargeback'),
          claim: 'won',
          reason: 'duplicate',
          evidenceDueTime: null,
        } as const;
        await tx.announce(orderContested, face.orderId, { ...face, ...claim, amount, freed: amount });
      });
      await settle(host);
      const { items } = await notifications.listNotifications({}, buyer);
      const titles = items.map(({ title }) => title).sort();
      assert.deepEqual(titles, ['$45.00 goes back to you', '$45.00 waits for your bank', 'Welcome to Bazaar']);
    });

    test('an offer reaches the seller, and an SMS is short', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const notifications = host.client<typeof notificationsContract>('notifications');
      const seller = await signUp(host, 'seller@example.com', 'jaikod');
      const buyer = await signUp(host, 'buyer@example.com', 'jaikod');
      const offerId = newId('offer');
      await host.database('identity').transaction('jaikod', (tx) =>
        tx.announce(offerMoved, offerId, {
          offerId,
          listingId: newId('listing'),
          title: 'iPhone {name}',
          buyerMemberId: memberIdOf(buyer),
          sellerMemberId: memberIdOf(seller),
          action: 'propose',
          by: 'buyer',
          state: 'proposed',
          price: { amountMinor: 500_000, currency: 'THB' },
          version: 1,
        }),
      );
      await settle(host);
      const { items } = await notifications.listNotifications({}, seller);
      const offer = items.find(({ topic }) => topic === 'offers');
      assert.match(offer?.title ?? '', /iPhone \{name\}|for iPhone/);
      assert.equal(
        (await notifications.listNotifications({}, buyer)).items.filter((n) => n.topic === 'offers').length,
        0,
      );
    });

    test('both sides hear that an offer has expired; who had accepted it, that it was not paid for', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const notifications = host.client<typeof notificationsContract>('notifications');
      const seller = await signUp(host, 'seller@example.com', 'jaikod');
      const buyer = await signUp(host, 'buyer@example.com', 'jaikod');
      const offer = {
        ...{ offerId: newId('offer'), listingId: newId('listing'), version: 3 },
        ...{ buyerMemberId: memberIdOf(buyer), sellerMemberId: memberIdOf(seller) },
        ...{ action: 'expire', state: 'expired' },
        by: 'timer',
        price: { amountMinor: 500_000, currency: 'THB' },
      } as const;
      await host.database('identity').transaction('jaikod', async (tx) => {
        await tx.announce(offerMoved, offer.offerId, { ...offer, title: 'Lamp', from: 'countered' });
        await tx.announce(offerMoved, offer.offerId, { ...offer, title: 'Chair', from: 'accepted' });
      });
      await settle(host);
      const heardBy = async (who: typeof buyer) =>
        (await notifications.listNotifications({}, who)).items
          .filter(({ topic }) => topic === 'offers')
          .map(({ title, path }) => [title, path])
          .sort();
      assert.deepEqual(await heardBy(buyer), [
        ['The offer for Chair has expired', '/account/offers'],
        ['The offer for Lamp has expired', '/account/offers'],
      ]);
      assert.deepEqual(await heardBy(seller), [
        ['Chair was not paid for in time', '/studio/offers'],
        ['The offer for Lamp has expired', '/studio/offers'],
      ]);
    });

    test('who is asked for a review can end such mails at one click, and is not asked by SMS', async () => {
      const ada = { displayName: 'Ada', email: 'ada@example.com', phone: '+66812345678', locale: 'en' };
      const identity = {
        getMembers: async ({ memberIds }: { memberIds: string[] }) => ({
          items: memberIds.map((id) => ({ id, ...ada })),
        }),
      };
      await using host = await startTestHost([notificationsService], { binding, clients: { identity } });
      const [orderId, buyerMemberId] = [newId('order'), newId('member')];
      const mailKey = '5a0b9a3e-6f4c-4a53-8a63-8b1fd4f9a3c2';
      await host.database('notifications').transaction('jaikod', (tx) =>
        tx.announce(reviewAsked, orderId, {
          orderId,
          buyerMemberId,
          titles: ['Lamp', 'Fan', 'Clock', 'Vase'],
          mailKey,
        }),
      );
      await settle(host);
      const [letter, ...others] = await host.mailbox();
      assert.deepEqual([letter?.kind, others], ['mail', []]);
      assert.equal(letter?.subject, 'How do you like Lamp, Fan, Clock …?');
      const { pathname } = new URL(letter?.unsubscribeUrl ?? '');
      assert.equal(pathname, `/unsubscribe/reviews/${mailKey}`);
      assert.match(letter?.text ?? '', new RegExp(`/en/account/orders/${orderId}#reviews\n`));
      assert.match(letter?.text ?? '', new RegExp(`\nhttp:\\S+/en/unsubscribe/reviews/${mailKey}$`));
      assert.match(letter?.html ?? '', new RegExp(`<a href="[^"]+/en/unsubscribe/reviews/${mailKey}">`));
    });

    test('a member chooses what they are told of and how; what they must know comes all the same', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const notifications = host.client<typeof notificationsContract>('notifications');
      const buyer = await signUp(host, 'buyer@example.com', 'jaikod');
      const seller = await signUp(host, 'seller@example.com', 'jaikod');
      await settle(host);
      await notifications.markAllNotificationsRead({}, buyer);
      const { topics, version } = await notifications.getNotificationSettings({}, buyer);
      assert.deepEqual(
        topics.map(({ topic, chosen }) => [topic, chosen]),
        [
          ['orders', ['inbox', 'email', 'sms']],
          ['payments', ['inbox', 'email']],
          ['offers', ['inbox', 'email']],
          ['reviews', ['inbox', 'email']],
        ],
      );
      const choice = { topics: [{ topic: 'orders' as const, chosen: [] }], expectedVersion: version };
      const chosen = await notifications.updateNotificationSettings(choice, buyer);
      assert.deepEqual(chosen.topics[0]?.chosen, []);
      assert.deepEqual(chosen.topics[2]?.chosen, ['inbox', 'email'], 'what is not named stays');
      assert.deepEqual(await notifications.getNotificationSettings({}, buyer), chosen);
      await assert.rejects(notifications.updateNotificationSettings(choice, buyer), { code: 'VERSION_CONFLICT' });
      const other = { topics: [{ topic: 'orders' as const, chosen: ['inbox' as const] }] };
      await notifications.updateNotificationSettings(other, seller);

      const data = moved(memberIdOf(buyer), memberIdOf(seller));
      const announce = (state: string) =>
        host
          .database('identity')
          .transaction('jaikod', (tx) => tx.announce(orderMoved, data.orderId, { ...data, state }));
      await announce('shipped');
      await settle(host);
      const told = async () => (await notifications.listNotifications({ isUnread: true }, buyer)).items;
      const mailed = async () =>
        (await host.mailbox()).filter(({ to, subject }) => to === 'buyer@example.com' && subject.includes('B-10023'));
      assert.deepEqual([await told(), await mailed()], [[], []], 'neither in the inbox nor by mail');
      await announce('canceled');
      await settle(host);
      assert.equal((await told()).length, 1);
      assert.equal((await mailed()).length, 1);
      assert.doesNotMatch((await mailed())[0]?.text ?? '', /notifications\/settings/);
    });

    test('a mail that can be gone without says where to choose so', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const buyer = await signUp(host, 'buyer@example.com');
      const seller = await signUp(host, 'seller@example.com');
      const data = moved(memberIdOf(buyer), memberIdOf(seller));
      await host.database('identity').transaction('bazaar', (tx) => tx.announce(orderMoved, data.orderId, data));
      await settle(host);
      const letter = (await host.mailbox()).find(({ subject }) => subject.includes('B-10023'));
      assert.match(letter?.text ?? '', /\nhttp\S+\/en\/account\/notifications\/settings$/);
      assert.match(letter?.html ?? '', /<a href="[^"]+\/en\/account\/notifications\/settings">/);
    });

    test('nobody chooses what their marketplace does not offer', async () => {
      await using host = await startTestHost([identityService, notificationsService], { binding });
      const notifications = host.client<typeof notificationsContract>('notifications');
      const ada = await signUp(host, 'ada@example.com');
      const choose = (topic: 'orders' | 'offers', chosen: ('email' | 'sms')[]) =>
        notifications.updateNotificationSettings({ topics: [{ topic, chosen }] }, ada);
      await assert.rejects(choose('offers', []), { code: 'TOPIC_NOT_OFFERED', status: 409 });
      await assert.rejects(choose('orders', ['email', 'sms']), { code: 'CHANNEL_NOT_OFFERED', status: 409 });
      assert.equal((await notifications.getNotificationSettings({}, ada)).version, 0);
      await assert.rejects(notifications.getNotificationSettings({}, host.guest()), { code: 'UNAUTHENTICATED' });
    });
  });
}
