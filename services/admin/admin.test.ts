import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS, startTestHost } from '@plaza/runtime/testing';
import pg from 'pg';
import type { adminContract } from './contract.ts';
import { adminService } from './index.ts';

const [adaId, shopId] = [newId('member'), newId('store')];
const [couponId, paymentId, refundId, orderId] = [newId('coupon'), newId('payment'), newId('refund'), newId('order')];
const amount = { amountMinor: 5100, currency: 'USD' };
/** Identity knows Ada, catalog her shop, marketing her coupon, payments what was paid for an order and what of it was given back. */
const clients = {
  identity: {
    getMembers: async ({ memberIds }: { memberIds: string[] }) => ({
      items: memberIds
        .filter((id) => id === adaId)
        .map((id) => ({
          id,
          displayName: 'Ada',
          avatarUrl: null,
          email: 'ada@example.com',
          phone: null,
          locale: 'en',
        })),
    }),
  },
  catalog: {
    getStores: async ({ storeIds }: { storeIds: string[] }) => ({
      items: storeIds.filter((id) => id === shopId).map((id) => ({ id, name: 'Ada Prints', slug: 'ada-prints' })),
    }),
  },
  marketing: {
    getCoupons: async ({ couponIds }: { couponIds: string[] }) => ({
      items: couponIds.filter((id) => id === couponId).map((id) => ({ id, code: 'SHOP5' })),
    }),
  },
  payments: {
    getPayments: async ({ paymentIds }: { paymentIds: string[] }) => ({
      items: paymentIds
        .filter((id) => id === paymentId)
        .map((id) => ({ id, amount, orderId, method: { kind: 'card', brand: 'visa', last4: '4242' } })),
    }),
    getRefunds: async ({ refundIds }: { refundIds: string[] }) => ({
      items: refundIds
        .filter((id) => id === refundId)
        .map((id) => ({ id, paymentId, reason: 'one piece was broken', amountMinor: 900, currency: 'USD' })),
    }),
  },
};

for (const binding of BINDINGS) {
  describe(`admin contract, ${binding}`, () => {
    test('anyone may read the marketplaces, in their language', async () => {
      await using host = await startTestHost([adminService], { binding, clients });
      const admin = host.client<typeof adminContract>('admin');
      const { items } = await admin.listMarketplaces({}, host.guest());
      assert.deepEqual(
        items.map(({ id }) => id),
        ['bazaar', 'gamarriando', 'jaikod', 'temuhash'],
      );
      const thai = await admin.getMarketplace({ marketplaceId: 'jaikod', locale: 'th' }, host.guest());
      assert.equal(thai.locale, 'th');
      await assert.rejects(admin.getMarketplace({ marketplaceId: 'nowhere' }, host.guest()), {
        code: 'MARKETPLACE_UNKNOWN',
      });
    });

    test('an admin reads what coupons, payments and refunds are called, and of which order they are', async () => {
      await using host = await startTestHost([adminService], { binding, clients });
      const admin = host.client<typeof adminContract>('admin');
      const operator = host.context({ roles: ['admin'] });
      const nothingMore = { email: null, slug: null };
      const coupon = { ...nothingMore, id: couponId, name: 'SHOP5', amount: null, orderId: null };
      const payment = { ...nothingMore, id: paymentId, name: 'visa 4242', amount, orderId };
      const refund = {
        ...nothingMore,
        id: refundId,
        name: 'one piece was broken',
        amount: { amountMinor: 900, currency: 'USD' },
        orderId,
      };
      const named = async (...id: string[]) => (await admin.listNames({ id }, operator)).items;
      assert.deepEqual(await named(refundId, couponId, paymentId, newId('payment')), [coupon, payment, refund]);
      assert.deepEqual(await named(refundId), [refund]);
    });

    test('an admin reads what members and stores are called; nobody else does', async () => {
      await using host = await startTestHost([adminService], { binding, clients });
      const admin = host.client<typeof adminContract>('admin');
      const operator = host.context({ roles: ['admin'] });
      const { items } = await admin.listNames({ id: [adaId, shopId, newId('member'), adaId] }, operator);
      assert.deepEqual(items, [
        { id: adaId, name: 'Ada', email: 'ada@example.com', slug: null, amount: null, orderId: null },
        { id: shopId, name: 'Ada Prints', email: null, slug: 'ada-prints', amount: null, orderId: null },
      ]);
      assert.deepEqual((await admin.listNames({ id: [] }, operator)).items, []);
      for (const roles of [['seller'], ['moderator']] as const)
        await assert.rejects(admin.listNames({ id: [adaId] }, host.context({ roles: [...roles] })), {
          code: 'FORBIDDEN',
        });
    });

    test('acts become a chain that only admins read, and that shows tampering', async () => {
      await using host = await startTestHost([adminService], { binding, clients });
      const admin = host.client<typeof adminContract>('admin');
      const operator = host.context({ roles: ['admin'] });
      for (const action of ['first', 'second', 'third']) {
        await host
          .database('admin')
          .transaction('bazaar', (tx) => tx.audit({ action, subject: 'x', actor: operator.actor, details: { n: 1 } }));
      }
      await host.deliver();
      const page = await admin.listAuditEntries({ limit: 2 }, operator);
      assert.deepEqual(
        page.items.map(({ action }) => action),
        ['third', 'second'],
      );
      const rest = await admin.listAuditEntries({ limit: 2, cursor: page.nextCursor ?? '' }, operator);
      assert.deepEqual(
        rest.items.map(({ action }) => action),
        ['first'],
      );
      assert.equal(rest.nextCursor, null);
      await assert.rejects(admin.listAuditEntries({}, host.context({ roles: ['moderator'] })), { code: 'FORBIDDEN' });
      assert.deepEqual(
        (await admin.listAuditEntries({}, host.context({ roles: ['admin'], marketplaceId: 'jaikod' }))).items,
        [],
      );
      assert.deepEqual(await admin.verifyAuditChain({}, operator), {
        entryCount: 3,
        isIntact: true,
        firstBrokenSequence: null,
      });

      const owner = new pg.Client({ connectionString: host.ownerUrl });
      await owner.connect();
      await assert.rejects(owner.query("update admin.audit_entry set action = 'forged'"), /never changed or removed/);
      await owner.query('alter table admin.audit_entry disable trigger append_only');
      await owner.query("update admin.audit_entry set action = 'forged' where sequence = 2");
      await owner.end();
      assert.deepEqual(await admin.verifyAuditChain({}, operator), {
        entryCount: 0,
        isIntact: false,
        firstBrokenSequence: 2,
      });
    });
  });
}
