import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fault, newId } from '@plaza/kernel';
import { BINDINGS, type Binding, startTestHost } from '@plaza/runtime/testing';
import type { marketingContract } from './contract.ts';
import { marketingService } from './index.ts';

const refusedWith = (code: string) => (error: unknown) => error instanceof Fault && error.code === code;

/** Marketing alone: of the catalog it only asks whose a store is. */
async function startMarketing(binding: Binding) {
  const storeId = newId('store');
  const ownerMemberId = newId('member');
  const catalog = {
    getStore: async (input: { storeId: string }) => {
      if (input.storeId !== storeId) throw new Fault('STORE_NOT_FOUND', 404, 'There is no such store.');
      return { id: storeId, ownerMemberId };
    },
  };
  const host = await startTestHost([marketingService], { binding, clients: { catalog } });
  return {
    host,
    storeId,
    marketing: host.client<typeof marketingContract>('marketing'),
    seller: host.context({ memberId: ownerMemberId, roles: ['seller'] }),
    admin: host.context({ roles: ['admin'] }),
    [Symbol.asyncDispose]: () => host.close(),
  };
}

const fixed = { kind: 'fixed' as const, amountMinor: 500 };

for (const binding of BINDINGS) {
  describe(`marketing contract, ${binding}`, () => {
    test('a seller makes, changes and lists coupons of their own store only', async () => {
      await using started = await startMarketing(binding);
      const { marketing, seller, storeId, host } = started;
      const other = host.context({ roles: ['seller'] });
      const coupon = await marketing.createCoupon(
        { code: 'shop5', title: 'Five off', storeId, reduction: fixed },
        seller,
      );
      assert.deepEqual([coupon.code, coupon.funder, coupon.version], ['SHOP5', 'store', 1]);
      const { id: couponId } = coupon;
      const make = (more: object, by = other) =>
        marketing.createCoupon({ code: 'OTHER', title: 'Other', reduction: fixed, ...more }, by);
      await assert.rejects(make({ storeId }), refusedWith('STORE_NOT_FOUND'));
      await assert.rejects(make({}), refusedWith('FORBIDDEN'));
      await assert.rejects(make({ code: 'SHOP5', storeId }, seller), refusedWith('COUPON_CODE_TAKEN'));
      await assert.rejects(marketing.getCoupon({ couponId }, other), refusedWith('COUPON_NOT_FOUND'));
      await assert.rejects(
        marketing.updateCoupon({ couponId, state: 'paused' }, other),
        refusedWith('COUPON_NOT_FOUND'),
      );
      await assert.rejects(marketing.listCoupons({ storeId }, other), refusedWith('STORE_NOT_FOUND'));
      const paused = await marketing.updateCoupon({ couponId, state: 'paused', expectedVersion: 1 }, seller);
      assert.deepEqual([paused.state, paused.version], ['paused', 2]);
      const stale = marketing.updateCoupon({ couponId, title: 'Late', expectedVersion: 1 }, seller);
      await assert.rejects(stale, refusedWith('VERSION_CONFLICT'));
      assert.deepEqual(await marketing.getCoupon({ couponId }, seller), paused);
      const byId = await marketing.getCoupons({ couponIds: [couponId, newId('coupon')] }, host.service());
      assert.deepEqual(byId.items, [paused]);
      assert.deepEqual((await marketing.listCoupons({ storeId }, seller)).items, [paused]);
      const checked = await marketing.checkCoupons({ codes: ['SHOP5'] }, host.service());
      assert.equal(checked.items[0]?.problem, 'UNKNOWN');
    });

    test('lists page, newest first', async () => {
      await using started = await startMarketing(binding);
      const { marketing, admin } = started;
      for (const code of ['A1', 'A2', 'A3'])
        await marketing.createCoupon({ code, title: code, reduction: fixed }, admin);
      const first = await marketing.listCoupons({ limit: 2 }, admin);
      const rest = await marketing.listCoupons({ limit: 2, cursor: first.nextCursor ?? '' }, admin);
      assert.deepEqual(
        [...first.items, ...rest.items].map(({ code }) => code),
        ['A3', 'A2', 'A1'],
      );
      assert.equal(rest.nextCursor, null);
    });

    test('a code outside its window, unknown, or for members only says why', async () => {
      await using started = await startMarketing(binding);
      const { marketing, admin, host } = started;
      const from = (days: number) => new Date(host.now().getTime() + days * 86_400_000).toISOString();
      const make = (code: string, more: object) =>
        marketing.createCoupon({ code, title: code, reduction: fixed, ...more }, admin);
      await make('SOON', { startTime: from(1) });
      await make('OVER', { endTime: from(1) });
      await make('MINE', { usesPerMemberMax: 1 });
      await assert.rejects(make('BACK', { startTime: from(2), endTime: from(1) }), refusedWith('INVALID_INPUT'));
      host.advance({ hours: 23 });
      const problems = async (memberId?: ReturnType<typeof newId<'member'>>) => {
        const who = memberId === undefined ? {} : { memberId };
        const { items } = await marketing.checkCoupons(
          { codes: ['soon', 'OVER', 'MINE', 'NOPE'], ...who },
          host.service(),
        );
        return items.map(({ problem }) => problem);
      };
      assert.deepEqual(await problems(), ['NOT_STARTED', null, 'SIGN_IN_NEEDED', 'UNKNOWN']);
      host.advance({ hours: 2 });
      assert.deepEqual(await problems(newId('member')), [null, 'ENDED', null, 'UNKNOWN']);
    });

    test('a checkout counts a use once, and gives it back once', async () => {
      await using started = await startMarketing(binding);
      const { marketing, admin, host } = started;
      const { id } = await marketing.createCoupon(
        { code: 'TWICE', title: 'Twice', reduction: fixed, usesMax: 2, usesPerMemberMax: 1 },
        admin,
      );
      const [checkoutId, memberId] = [newId('checkout'), newId('member')];
      const redeem = (more: object = {}) =>
        marketing.redeemCoupons({ checkoutId, couponIds: [id], memberId, ...more }, host.service());
      assert.deepEqual([await redeem(), await redeem()], [{ redeemed: 1 }, { redeemed: 0 }]);
      await assert.rejects(redeem({ checkoutId: newId('checkout') }), refusedWith('COUPON_NOT_USABLE'));
      await assert.rejects(
        redeem({ checkoutId: newId('checkout'), memberId: undefined }),
        refusedWith('COUPON_NOT_USABLE'),
      );
      assert.equal((await marketing.getCoupon({ couponId: id }, admin)).uses, 1);
      const release = () => marketing.releaseCoupons({ checkoutId }, host.service());
      assert.deepEqual([await release(), await release()], [{ released: 1 }, { released: 0 }]);
      assert.equal((await marketing.getCoupon({ couponId: id }, admin)).uses, 0);
      assert.deepEqual(await redeem(), { redeemed: 1 });
    });

    test('50 checkouts at once never use a coupon beyond its limit', async () => {
      await using started = await startMarketing(binding);
      const { marketing, admin, host } = started;
      const { id } = await marketing.createCoupon(
        { code: 'SEVEN', title: 'Seven', reduction: fixed, usesMax: 7 },
        admin,
      );
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, () =>
          marketing.redeemCoupons({ checkoutId: newId('checkout'), couponIds: [id] }, host.service()),
        ),
      );
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 7);
      assert.equal((await marketing.getCoupon({ couponId: id }, admin)).uses, 7);
    });

    test('another marketplace knows nothing of it', async () => {
      await using started = await startMarketing(binding);
      const { marketing, admin, host } = started;
      const { id: couponId } = await marketing.createCoupon({ code: 'HERE', title: 'Here', reduction: fixed }, admin);
      const abroad = host.context({ marketplaceId: 'temuhash', roles: ['admin'] });
      await assert.rejects(marketing.getCoupon({ couponId }, abroad), refusedWith('COUPON_NOT_FOUND'));
      const { items } = await marketing.checkCoupons({ codes: ['HERE'] }, host.service({ marketplaceId: 'temuhash' }));
      assert.equal(items[0]?.problem, 'UNKNOWN');
    });
  });
}
