import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Context, type Id, newId } from '@plaza/kernel';
import type { mediaContract } from '@plaza/media/contract';
import { sql } from '@plaza/runtime';
import { BINDINGS } from '@plaza/runtime/testing';
import fc from 'fast-check';
import { rulingOf, settlementOf } from './domain/ruling.ts';
import { startBuying } from './testing/buying-host.ts';
import { sellOnJaikod } from './testing/escrow-sale.ts';
import { refusedWith, settle } from './testing/sold.ts';

/** A sale on JaiKod whose buyer objects a day before the money would have been released. */
async function disputedSale(binding: (typeof BINDINGS)[number] = 'local') {
  const buying = await startBuying({ binding });
  const sale = await sellOnJaikod(buying);
  const { host, orders, payments, seller, buyer, storeId, orderId } = sale;
  const operator = host.context({ roles: ['moderator'], marketplaceId: 'jaikod' });
  await orders.takeOrderAction({ orderId, action: 'handOver' }, seller);
  host.advance({ hours: 48 });
  await orders.takeOrderAction({ orderId, action: 'dispute', reason: 'It does not shine.' }, buyer);
  const groupOf = async (reader: Context) => {
    const [group] = (await orders.getOrder({ orderId }, reader)).groups;
    assert.ok(group);
    return group;
  };
  const act = (action: string, who: Context, entered: { refundMinor?: number; reason?: string } = {}) =>
    orders.takeOrderAction({ orderId, action, reason: 'so it is', ...entered }, who);
  const balance = async () => {
    const [home] = (await payments.getBalance({ storeId }, seller)).balances;
    return { pending: home?.pendingMinor, available: home?.availableMinor };
  };
  const { id: groupId, total } = await groupOf(buyer);
  const consistent = async () =>
    assert.deepEqual((await payments.checkLedger({}, host.service({ marketplaceId: 'jaikod' }))).mismatches, []);
  return { ...sale, operator, groupOf, act, balance, consistent, groupId, total: total.amountMinor };
}

for (const binding of BINDINGS) {
  describe(`disputes, ${binding}`, () => {
    test('the clock stops; a ruling waits for an appeal, and is carried out when there is none', async () => {
      const sale = await disputedSale(binding);
      await using _ = sale;
      const { host, buyer, seller, operator, groupOf, act, balance, total } = sale;
      host.advance({ days: 30 });
      await settle(sale);
      const disputed = await groupOf(buyer);
      assert.deepEqual([disputed.state, disputed.dueTime], ['disputed', null]);
      assert.deepEqual(
        (await sale.orders.listDisputes({ limit: 20 }, operator)).items.map(
          ({ number: _number, disputeTime: _time, ...rest }) => rest,
        ),
        [
          {
            orderId: sale.orderId,
            groupId: sale.groupId,
            storeName: 'Old Light',
            title: 'Vintage lamp',
            state: 'disputed',
            held: { amountMinor: total, currency: 'THB' },
            reason: 'It does not shine.',
          },
        ],
      );

      await act('ruleForBuyer', operator, { reason: 'It is broken.' });
      await settle(sale);
      const ruled = await groupOf(seller);
      assert.equal(ruled.state, 'ruled');
      assert.deepEqual(ruled.dispute?.ruling, { for: 'buyer', refund: { amountMinor: total, currency: 'THB' } });
      assert.equal(ruled.refunded.amountMinor, 0, 'no money moves before the time to appeal is over');
      assert.deepEqual(await balance(), { pending: total, available: 0 });
      assert.deepEqual((await sale.orders.listDisputes({ limit: 20 }, operator)).items, []);

      host.advance({ hours: 73 });
      await settle(sale);
      await settle(sale);
      const resolved = await groupOf(seller);
      assert.deepEqual(
        [resolved.state, resolved.refunded.amountMinor, resolved.earnings?.amountMinor],
        ['resolved', total, 0],
      );
      assert.deepEqual(await balance(), { pending: 0, available: 0 });
      await assert.rejects(act('appeal', seller), refusedWith('ACTION_NOT_ALLOWED'));
      await sale.consistent();
    });

    test('a part goes back and the seller is paid the rest, exactly, after one appeal and no second', async () => {
      const sale = await disputedSale(binding);
      await using _ = sale;
      const { buyer, seller, operator, groupOf, act, balance, total } = sale;
      const before = (await groupOf(seller)).earnings?.amountMinor ?? 0;
      await assert.rejects(act('ruleSplit', operator), refusedWith('INVALID_INPUT'));
      await assert.rejects(act('ruleSplit', operator, { refundMinor: total }), refusedWith('INVALID_INPUT'));
      await act('ruleForBuyer', operator);
      await act('appeal', seller, { reason: 'It shines here.' });
      await assert.rejects(act('appeal', buyer), refusedWith('ACTION_NOT_ALLOWED'));
      await act('ruleSplit', operator, { refundMinor: 50_001 });
      await settle(sale);
      const resolved = await groupOf(seller);
      assert.deepEqual([resolved.state, resolved.refunded.amountMinor], ['resolved', 50_001]);
      const earned = resolved.earnings?.amountMinor ?? 0;
      assert.ok(earned > 0 && earned < before - 40_000);
      assert.deepEqual(await balance(), { pending: 0, available: earned });
      await assert.rejects(act('appeal', seller), refusedWith('ACTION_NOT_ALLOWED'));
      await sale.consistent();
    });

    test('nobody but an operator rules, and only of what is in dispute', async () => {
      const sale = await disputedSale(binding);
      await using _ = sale;
      const { host, buyer, seller, operator, act } = sale;
      for (const party of [buyer, seller])
        await assert.rejects(act('ruleForSeller', party), refusedWith('ACTION_NOT_ALLOWED'));
      await assert.rejects(
        act('ruleForSeller', host.context({ marketplaceId: 'jaikod' })),
        refusedWith('ORDER_NOT_FOUND'),
      );
      await act('ruleForSeller', operator);
      await assert.rejects(act('ruleForBuyer', operator), refusedWith('ACTION_NOT_ALLOWED'));
      for (const party of [buyer, seller])
        await assert.rejects(sale.orders.listDisputes({ limit: 20 }, party), refusedWith('FORBIDDEN'));
    });

    test('both sides show evidence in time, for each other and for good; nobody else sees it', async () => {
      const sale = await disputedSale(binding);
      await using _ = sale;
      const { host, orders, buyer, seller, operator, orderId, groupId, act } = sale;
      const show = (who: Context, text: string, assetIds: Id<'asset'>[] = []) =>
        orders.addEvidence({ orderId, groupId, text, assetIds }, who);
      const file = await host.client<typeof mediaContract>('media').storeBytes(
        {
          purpose: 'evidence',
          filename: 'dark.png',
          base64: ONE_PIXEL,
          ownerMemberId: buyer.actor.kind === 'member' ? buyer.actor.memberId : undefined,
        },
        host.service({ marketplaceId: 'jaikod' }),
      );
      const mine = await show(buyer, 'It stays dark.', [file.id]);
      assert.deepEqual(
        mine.files.map(({ filename, contentType }) => [filename, contentType]),
        [['dark.png', 'image/png']],
      );
      await assert.rejects(show(seller, 'Not my file.', [file.id]), refusedWith('INVALID_INPUT'));
      await assert.rejects(show(seller, 'No file.', [newId('asset')]), refusedWith('INVALID_INPUT'));
      await show(seller, 'It shines here.');
      for (const reader of [buyer, seller, operator]) {
        const { items } = await orders.listEvidence({ orderId, groupId, limit: 20 }, reader);
        assert.deepEqual(
          items.map(({ by, text, files }) => [by, text, files.length]),
          [
            ['buyer', 'It stays dark.', 1],
            ['seller', 'It shines here.', 0],
          ],
        );
      }
      const first = await orders.listEvidence({ orderId, groupId, limit: 1 }, operator);
      const second = await orders.listEvidence(
        { orderId, groupId, limit: 1, cursor: first.nextCursor ?? '' },
        operator,
      );
      assert.deepEqual([second.items[0]?.by, second.nextCursor], ['seller', null]);
      for (const other of [
        host.context({ marketplaceId: 'jaikod' }),
        host.guest({ marketplaceId: 'jaikod' }),
        host.context({ roles: ['admin'], marketplaceId: 'bazaar' }),
      ]) {
        await assert.rejects(show(other, 'Me too.'), refusedWith('ORDER_NOT_FOUND'));
        await assert.rejects(
          orders.listEvidence({ orderId, groupId, limit: 20 }, other),
          refusedWith('ORDER_NOT_FOUND'),
        );
      }

      host.advance({ hours: 73 });
      await assert.rejects(show(buyer, 'Too late.'), refusedWith('EVIDENCE_CLOSED'));
      await show(operator, 'What we found out.');
      await act('ruleForSeller', operator);
      await assert.rejects(show(operator, 'Ruled.'), refusedWith('EVIDENCE_CLOSED'));
      const jaikod = host.database('orders').read('jaikod');
      await assert.rejects(jaikod.execute(sql`update orders.evidence set text = 'else'`));
      await assert.rejects(jaikod.execute(sql`delete from orders.evidence`));
    });
  });
}

test('a ruling never gives back more than is left, and gives back or releases all', () => {
  const minor = fc.nat(1_000_000);
  fc.assert(
    fc.property(fc.constantFrom('seller', 'buyer', 'split'), minor, minor, minor, (ruling, total, part, given) => {
      const ruled = rulingOf(ruling, total, Math.min(part, Math.max(total - 1, 0)));
      const left = Math.max(total - given, 0);
      const { refundMinor, effects } = settlementOf(ruled, left);
      assert.ok(refundMinor >= 0 && refundMinor <= left);
      assert.equal(effects.includes('refund'), refundMinor > 0 || ruling === 'buyer');
      assert.equal(effects.includes('release'), !effects.includes('revokeLicense'));
      if (effects.includes('release') && ruling === 'split') assert.ok(refundMinor < left || left === 0);
    }),
  );
});

const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
