import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentMethod } from '@plaza/kernel/marketplace';
import { registerProviders } from './registry.ts';
import { settingName } from './settings.ts';
import { createStripeProvider } from './stripe.ts';

const card: PaymentMethod = { id: 'card', label: { en: 'Card' }, provider: 'stripe', kind: 'card', routes: [] };

function start(environment: Record<string, string>, methods: readonly PaymentMethod[]) {
  const stripe = createStripeProvider({ environment, clock: () => new Date() });
  return registerProviders([stripe], [{ id: 'my-shop', currency: 'USD', paymentMethods: [...methods] }]);
}

test('a marketplace whose providers are there and have their settings starts', () => {
  const environment = Object.fromEntries(
    ['SECRET_KEY', 'PUBLISHABLE_KEY', 'WEBHOOK_SECRET'].map((name) => [`PLAZA_MY_SHOP_STRIPE_${name}`, 'x']),
  );
  assert.deepEqual([...start(environment, [card]).keys()], ['stripe']);
  assert.equal(settingName('my-shop', 'STRIPE_SECRET_KEY'), 'PLAZA_MY_SHOP_STRIPE_SECRET_KEY');
});

test('one that lacks a setting or names what is not there does not, and is told all of it at once', () => {
  const environment = { PLAZA_MY_SHOP_STRIPE_SECRET_KEY: 'sk_live_never_shown' };
  assert.throws(
    () => start(environment, [card, { ...card, id: 'other', provider: 'nobody' }]),
    (error: Error) => {
      assert.match(error.message, /my-shop: stripe needs the setting PLAZA_MY_SHOP_STRIPE_PUBLISHABLE_KEY/);
      assert.match(error.message, /my-shop: stripe needs the setting PLAZA_MY_SHOP_STRIPE_WEBHOOK_SECRET/);
      assert.match(error.message, /my-shop: payment method "other" names the provider "nobody"/);
      assert.ok(!error.message.includes('never_shown'));
      return true;
    },
  );
});

test('a provider that no method names needs no settings', () => {
  assert.deepEqual([...start({}, []).keys()], ['stripe']);
});
