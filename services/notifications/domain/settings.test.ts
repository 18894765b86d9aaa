import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channelsOf, isOptional, refusedAfter, settingsFrom } from './settings.ts';

const OFFERED = ['inbox', 'email', 'sms'] as const;

test('what a member went without is not told, on the channel they went without', () => {
  const refused = new Set(['offers.email', 'orders.inbox']);
  const by = { refused, hasEmail: true };
  assert.deepEqual(channelsOf({ topic: 'offers', template: 'offer-accept' }, OFFERED, by), ['inbox', 'sms']);
  assert.deepEqual(channelsOf({ topic: 'orders', template: 'order-shipped' }, OFFERED, by), ['email', 'sms']);
});

test('what somebody must know is told whatever they chose; so is a message that is new', () => {
  const everything = ['orders', 'payments', 'security'].flatMap((topic) => OFFERED.map((by) => `${topic}.${by}`));
  const by = { refused: new Set(everything), hasEmail: true };
  for (const [topic, template] of [
    ['orders', 'order-placed'],
    ['orders', 'order-refunded'],
    ['orders', 'sale-return-requested'],
    ['orders', 'order-a-state-of-tomorrow'],
    ['payments', 'payout-failed'],
  ] as const)
    assert.deepEqual(channelsOf({ topic, template }, OFFERED, by), ['inbox', 'email'], template);
});

test('an SMS can be gone without where a mail says the same, never the only word that arrives', () => {
  const placed = { topic: 'orders', template: 'order-placed' } as const;
  const refused = new Set(['orders.sms', 'orders.email', 'orders.inbox']);
  assert.deepEqual(channelsOf(placed, OFFERED, { refused, hasEmail: true }), ['inbox', 'email']);
  assert.deepEqual(channelsOf(placed, OFFERED, { refused, hasEmail: false }), OFFERED);
});

test('the safety of an account is not a matter of choice, saved searches have their own', () => {
  assert.equal(isOptional({ topic: 'security', template: 'password-changed' }), false);
  assert.equal(isOptional({ topic: 'listings', template: 'search-found' }), false);
});

test('choosing one topic leaves the others, and can be taken back', () => {
  const offers = [
    { topic: 'orders', channels: ['inbox', 'email'] },
    { topic: 'offers', channels: ['inbox'] },
  ] as const;
  const [orders] = settingsFrom(offers, new Set(['offers.inbox']));
  assert.deepEqual(orders, {
    topic: 'orders',
    isPartlyRequired: true,
    offered: ['inbox', 'email'],
    chosen: ['inbox', 'email'],
  });
  assert.ok(orders);
  const refused = refusedAfter(new Set(['offers.inbox']), orders, ['inbox']);
  assert.deepEqual([...refused].sort(), ['offers.inbox', 'orders.email']);
  assert.deepEqual(
    settingsFrom(offers, refused).map(({ chosen }) => chosen),
    [['inbox'], []],
  );
  assert.deepEqual([...refusedAfter(refused, orders, ['email', 'inbox'])], ['offers.inbox']);
});
