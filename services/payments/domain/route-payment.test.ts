import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentMethod } from '@plaza/kernel/marketplace';
import { abilityMistakes, type ProviderAbilities, refundRefusal } from './abilities.ts';
import { offeredMethods, routePayment, routingMistakes, smallestPayable } from './route-payment.ts';

const ABLE: ProviderAbilities = {
  kinds: ['card'],
  currencies: ['USD', 'THB'],
  minimumMinor: {},
  maximumMinor: 1_000_000,
  capturesSeparately: false,
  refunds: 'partial',
  refundWindowDays: null,
  hasWebhooks: false,
  sendsBuyersElsewhere: false,
  cardEntry: 'provider',
  isRemote: true,
};
const ABILITIES = new Map<string, ProviderAbilities>([
  ['anywhere', ABLE],
  ['thai', { ...ABLE, currencies: ['THB'], minimumMinor: { THB: 2_000 } }],
  ['large', { ...ABLE, maximumMinor: 100_000_000 }],
  ['bank', { ...ABLE, kinds: ['transfer'] }],
]);

function methodOf(
  id: string,
  provider: string,
  routes: PaymentMethod['routes'] = [],
  kind: PaymentMethod['kind'] = 'card',
): PaymentMethod {
  return { id, label: { en: id }, provider, kind, routes };
}

const METHODS = [
  methodOf('card', 'anywhere', [
    { currency: 'THB', provider: 'thai' },
    { fromMinor: 500_000, provider: 'large' },
  ]),
  methodOf('second-card', 'large'),
  methodOf('bank', 'bank', [], 'transfer'),
];

test('a payment goes by the first route that fits its currency and amount and whose provider can take it', () => {
  const to = (amountMinor: number, currency: 'USD' | 'THB' | 'JPY', methodId?: string) =>
    routePayment(METHODS, ABILITIES, { kind: 'card', methodId, amount: { amountMinor, currency } });
  assert.equal(to(5_000, 'USD'), 'anywhere');
  assert.equal(to(5_000, 'THB'), 'thai');
  assert.equal(to(1_999, 'THB'), 'anywhere', 'too small for the Thai provider');
  assert.equal(to(600_000, 'USD'), 'large');
  assert.equal(to(600_000, 'THB'), 'thai', 'routes are tried in their order');
  assert.equal(to(5_000, 'USD', 'second-card'), 'large');
  assert.equal(to(5_000, 'USD', 'bank'), undefined, 'a method of another kind');
  assert.equal(to(5_000, 'JPY'), undefined);
});

test('only what can take the amount is offered', () => {
  const ids = (amountMinor: number) =>
    offeredMethods(METHODS, ABILITIES, { amountMinor, currency: 'USD' }).map(({ methodId }) => methodId);
  assert.deepEqual(ids(5_000), ['card', 'second-card', 'bank']);
  assert.deepEqual(ids(2_000_000), ['card', 'second-card']);
});

test('the smallest amount is that of the way which takes least of a currency', () => {
  assert.equal(smallestPayable([methodOf('card', 'thai')], ABILITIES, 'THB'), 2_000);
  assert.equal(
    smallestPayable([methodOf('card', 'thai', [{ fromMinor: 500, provider: 'large' }])], ABILITIES, 'THB'),
    500,
  );
  assert.equal(smallestPayable(METHODS, ABILITIES, 'USD'), 1);
  assert.equal(smallestPayable([methodOf('card', 'thai')], ABILITIES, 'USD'), null);
});

test('settings that name a provider which is not there, or cannot, are told with their place', () => {
  assert.deepEqual(routingMistakes(METHODS, 'USD', ABILITIES), []);
  const wrong = [
    methodOf('a', 'nowhere'),
    methodOf('b', 'bank'),
    methodOf('c', 'anywhere', [{ currency: 'JPY', provider: 'thai' }]),
  ];
  assert.deepEqual(routingMistakes(wrong, 'USD', ABILITIES), [
    'payment method "a" names the provider "nowhere"; there are anywhere, thai, large, bank',
    'payment method "b": bank takes transfer, not card',
    'payment method "c": thai does not take JPY',
  ]);
});

test('a provider that contradicts itself is told so', () => {
  assert.deepEqual(abilityMistakes(ABLE, { capture: false, webhook: false }), []);
  const odd: ProviderAbilities = { ...ABLE, kinds: [], minimumMinor: { USD: 2_000_000 } };
  assert.deepEqual(abilityMistakes(odd, { capture: true, webhook: true }), [
    'names no kind of payment',
    'must have a capture exactly if it captures separately',
    'must read webhooks exactly if it has them',
    'has a minimum of USD above its maximum',
  ]);
});

test('a refund that the provider cannot send is refused before it is asked', () => {
  const capturedTime = new Date('2026-01-01T00:00:00Z');
  const days = (count: number) => new Date(capturedTime.getTime() + count * 86_400_000);
  const part = { amountMinor: 50, paymentMinor: 100, capturedTime, now: days(10) };
  assert.equal(refundRefusal(ABLE, part), undefined);
  assert.equal(refundRefusal({ ...ABLE, refunds: 'none' }, part), 'refunds_not_supported');
  assert.equal(refundRefusal({ ...ABLE, refunds: 'whole' }, part), 'partial_refunds_not_supported');
  assert.equal(refundRefusal({ ...ABLE, refunds: 'whole' }, { ...part, amountMinor: 100 }), undefined);
  const windowed: ProviderAbilities = { ...ABLE, refundWindowDays: 180 };
  assert.equal(refundRefusal(windowed, { ...part, now: days(180) }), undefined);
  assert.equal(refundRefusal(windowed, { ...part, now: days(181) }), 'refund_window_closed');
});
