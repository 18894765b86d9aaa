import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { idFromUuid } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import { BINDINGS } from '@plaza/runtime/testing';
import fc from 'fast-check';
import type { Listing } from './contract.ts';
import { type CatalogHost, checkoutId, listingOf, orderId, startCatalog, variantOf } from './testing/host.ts';

/** What the database holds of a listing's stock: its variants, and the sum that lists show. */
async function stockOf({ host }: CatalogHost, listing: Listing) {
  const queries = host.database('catalog').read('bazaar');
  const variants = await queries.rows<{ on_hand: number; reserved: number }>(sql`
    select v.on_hand, v.reserved from catalog.variant v join catalog.listing l on l.id = v.listing_id
    where l.slug = ${listing.slug} and v.is_active order by v.position`);
  const { free_quantity } = await queries.one<{ free_quantity: number | null }>(
    sql`select free_quantity from catalog.listing where slug = ${listing.slug}`,
  );
  return { variants: variants.map(({ on_hand, reserved }) => [on_hand, reserved]), free: free_quantity };
}

for (const binding of BINDINGS) {
  describe(`stock of the catalog, ${binding}`, () => {
    test('of many buyers at once for few pieces, as many win as there are pieces', async () => {
      await using shop = await startCatalog({ binding });
      const listing = await listingOf(shop, { onHand: 10 });
      const lines = [{ variantId: variantOf(listing), quantity: 1 }];
      const results = await Promise.allSettled(
        Array.from({ length: 100 }, () =>
          shop.catalog.reserveStock({ checkoutId: checkoutId(), lines }, shop.host.service()),
        ),
      );
      const won = results.filter(({ status }) => status === 'fulfilled');
      const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
      assert.equal(won.length, 10);
      assert.deepEqual([...new Set(refusals)], ['OUT_OF_STOCK']);
      assert.deepEqual(await stockOf(shop, listing), { variants: [[10, 10]], free: 0 });
    });

    test('crossing carts wait for each other and take all or nothing', async () => {
      await using shop = await startCatalog({ binding });
      const listings = await Promise.all([0, 1, 2].map(() => listingOf(shop, { sizes: ['S', 'M'], onHand: 8 })));
      const variants = listings.flatMap((listing) => listing.variants.map(({ id }) => id));
      const carts = Array.from({ length: 60 }, (_, i) => {
        const start = i % variants.length;
        const order = [...variants.slice(start), ...variants.slice(0, start)];
        return (i % 2 === 0 ? order : order.reverse()).slice(0, 4).map((variantId) => ({ variantId, quantity: 1 }));
      });
      const results = await Promise.allSettled(
        carts.map((lines) => shop.catalog.reserveStock({ checkoutId: checkoutId(), lines }, shop.host.service())),
      );
      const held = new Map<string, number>(variants.map((id) => [id, 0]));
      results.forEach((result, i) => {
        if (result.status === 'rejected') assert.equal(result.reason.code, 'OUT_OF_STOCK');
        else for (const { variantId } of carts[i] ?? []) held.set(variantId, (held.get(variantId) ?? 0) + 1);
      });
      assert.ok([...held.values()].every((count) => count <= 8));
      for (const listing of listings) {
        const { variants: rows, free } = await stockOf(shop, listing);
        const right = listing.variants.map(({ id }) => [8, held.get(id)]);
        assert.deepEqual(rows, right);
        assert.equal(
          free,
          right.reduce((sum, [, reserved]) => sum + 8 - (reserved ?? 0), 0),
        );
      }
    });

    test('two lines of one variant are counted together', async () => {
      await using shop = await startCatalog({ binding });
      const listing = await listingOf(shop, { onHand: 3 });
      const line = { variantId: variantOf(listing), quantity: 2 };
      const service = shop.host.service();
      const quote = await shop.catalog.quoteVariants({ lines: [line, line] }, service);
      assert.deepEqual(
        quote.items.map(({ isPurchasable }) => isPurchasable),
        [false, false],
      );
      await assert.rejects(shop.catalog.reserveStock({ checkoutId: checkoutId(), lines: [line, line] }, service), {
        code: 'OUT_OF_STOCK',
        data: { variantId: line.variantId, requested: 4, free: 3 },
      });
      assert.deepEqual(await stockOf(shop, listing), { variants: [[3, 0]], free: 3 });
    });

    test('a hold ends with its time, and its stock is free again', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host } = shop;
      const listing = await listingOf(shop, { onHand: 1 });
      const lines = [{ variantId: variantOf(listing), quantity: 1 }];
      const [first, second] = [checkoutId(), checkoutId()];
      await catalog.reserveStock({ checkoutId: first, lines, expiresInSeconds: 900 }, host.service());
      host.advance({ minutes: 14 });
      await host.runTimers();
      await assert.rejects(catalog.reserveStock({ checkoutId: second, lines }, host.service()), {
        code: 'OUT_OF_STOCK',
      });
      host.advance({ minutes: 2 });
      await host.runTimers();
      await host.runTimers();
      assert.deepEqual(await stockOf(shop, listing), { variants: [[1, 0]], free: 1 });
      await catalog.reserveStock({ checkoutId: second, lines }, host.service());
      const late = catalog.commitReservation({ checkoutId: first, orderId: orderId() }, host.service());
      await assert.rejects(late, { code: 'OUT_OF_STOCK' });
    });

    test('a commit after the hold ended takes the stock again if it is there', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host, seller } = shop;
      const listing = await listingOf(shop, { onHand: 2 });
      const id = checkoutId();
      await catalog.reserveStock(
        { checkoutId: id, lines: [{ variantId: variantOf(listing), quantity: 2 }], expiresInSeconds: 60 },
        host.service(),
      );
      host.advance({ minutes: 5 });
      await host.runTimers();
      await catalog.pauseListing({ listingId: listing.id }, seller);
      const input = { checkoutId: id, orderId: orderId() };
      assert.equal((await catalog.commitReservation(input, host.service())).state, 'committed');
      assert.equal((await catalog.commitReservation(input, host.service())).state, 'committed');
      assert.deepEqual(await stockOf(shop, listing), { variants: [[0, 0]], free: 0 });
      await assert.rejects(catalog.releaseReservation({ checkoutId: id }, host.service()), {
        code: 'RESERVATION_COMMITTED',
      });
    });

    test('holds that ended long ago are forgotten; those that ended lately are not', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host } = shop;
      const variantId = variantOf(await listingOf(shop));
      const hold = async () => {
        const { checkoutId: id } = await catalog.reserveStock(
          { checkoutId: checkoutId(), lines: [{ variantId, quantity: 1 }] },
          host.service(),
        );
        return id;
      };
      const [sold, released, expired] = [await hold(), await hold(), await hold()];
      await catalog.commitReservation({ checkoutId: sold, orderId: orderId() }, host.service());
      await catalog.releaseReservation({ checkoutId: released }, host.service());
      const remembered = async () => {
        await host.runTimers();
        const rows = await host
          .database('catalog')
          .read('bazaar')
          .rows<{ id: string }>(sql`select checkout_id as id from catalog.reservation order by checkout_id`);
        return rows.map(({ id }) => idFromUuid('checkout', id));
      };
      host.advance({ days: 89 });
      assert.deepEqual(await remembered(), [sold, released, expired]);
      host.advance({ days: 2 });
      const late = await hold();
      await catalog.releaseReservation({ checkoutId: late }, host.service());
      assert.deepEqual(await remembered(), [late]);
    });

    test('the same hold asked for many times at once is one hold; another cart replaces it', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host } = shop;
      const listing = await listingOf(shop, { sizes: ['S', 'M'], onHand: 1 });
      const id = checkoutId();
      const hold = (index: number) =>
        catalog.reserveStock(
          { checkoutId: id, lines: [{ variantId: variantOf(listing, index), quantity: 1 }] },
          host.service(),
        );
      await Promise.all([hold(0), hold(0), hold(0), hold(0)]);
      assert.deepEqual(await stockOf(shop, listing), {
        variants: [
          [1, 1],
          [1, 0],
        ],
        free: 1,
      });
      await hold(1);
      assert.deepEqual(await stockOf(shop, listing), {
        variants: [
          [1, 0],
          [1, 1],
        ],
        free: 1,
      });
      await catalog.releaseReservation({ checkoutId: id }, host.service());
      assert.equal((await catalog.releaseReservation({ checkoutId: id }, host.service())).state, 'released');
      assert.deepEqual(await stockOf(shop, listing), {
        variants: [
          [1, 0],
          [1, 0],
        ],
        free: 2,
      });
    });

    test('sold pieces come back once', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host } = shop;
      const listing = await listingOf(shop, { onHand: 5 });
      const lines = [{ variantId: variantOf(listing), quantity: 2 }];
      const [id, order] = [checkoutId(), orderId()];
      await catalog.reserveStock({ checkoutId: id, lines }, host.service());
      await catalog.commitReservation({ checkoutId: id, orderId: order }, host.service());
      assert.deepEqual(await stockOf(shop, listing), { variants: [[3, 0]], free: 3 });
      assert.deepEqual(await catalog.restock({ orderId: order, lines }, host.service()), { restocked: true });
      assert.deepEqual(await catalog.restock({ orderId: order, lines }, host.service()), { restocked: false });
      assert.deepEqual(await stockOf(shop, listing), { variants: [[5, 0]], free: 5 });
    });

    test('unlimited stock is never reserved away, and what is paused or removed cannot be held', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host, seller } = shop;
      const listing = await listingOf(shop, { onHand: null });
      const lines = [{ variantId: variantOf(listing), quantity: 100_000 }];
      const id = checkoutId();
      await catalog.reserveStock({ checkoutId: id, lines }, host.service());
      await catalog.commitReservation({ checkoutId: id, orderId: orderId() }, host.service());
      assert.deepEqual(await stockOf(shop, listing), { variants: [[null, 0]], free: null });
      await catalog.pauseListing({ listingId: listing.id }, seller);
      await assert.rejects(catalog.reserveStock({ checkoutId: checkoutId(), lines }, host.service()), {
        code: 'OUT_OF_STOCK',
      });
    });
  });
}

test('holding stock that there is plenty of is one statement, selling it another; the last piece is news', async () => {
  await using shop = await startCatalog();
  const { catalog, host } = shop;
  const listing = await listingOf(shop, { onHand: 2 });
  const order = { checkoutId: checkoutId(), orderId: orderId() };
  const lines = [{ variantId: variantOf(listing), quantity: 1 }];
  const hold = () => catalog.reserveStock({ checkoutId: order.checkoutId, lines }, host.service());
  assert.equal(await host.countStatements(hold), 1);
  assert.equal((await hold()).state, 'held');
  assert.equal(await host.countStatements(() => catalog.commitReservation(order, host.service())), 1);
  assert.deepEqual(await stockOf(shop, listing), { variants: [[1, 0]], free: 1 });
  await host.deliver();
  await catalog.reserveStock({ checkoutId: checkoutId(), lines }, host.service());
  const news = await host
    .database('catalog')
    .system((queries) => queries.rows<{ type: string }>(sql`select envelope ->> 'type' as type from catalog.outbox`));
  assert.deepEqual(
    news.map(({ type }) => type),
    ['stock.changed'],
  );
});

test('a seller cannot count away what buyers hold', async () => {
  await using shop = await startCatalog();
  const { catalog, host, seller } = shop;
  const listing = await listingOf(shop, { onHand: 5 });
  const variantId = variantOf(listing);
  await catalog.reserveStock({ checkoutId: checkoutId(), lines: [{ variantId, quantity: 3 }] }, host.service());
  await assert.rejects(catalog.setStock({ variantId, onHand: 2 }, seller), {
    code: 'STOCK_BELOW_RESERVED',
    data: { variantId, reserved: 3 },
  });
  assert.deepEqual(await catalog.setStock({ variantId, onHand: 4 }, seller), {
    variantId,
    onHand: 4,
    reserved: 3,
    freeQuantity: 1,
  });
  assert.deepEqual(await stockOf(shop, listing), { variants: [[4, 3]], free: 1 });
  await assert.rejects(catalog.setStock({ variantId, onHand: 9 }, host.context({ roles: ['seller'] })), {
    code: 'VARIANT_NOT_FOUND',
  });
});

test('any sequence of holds, sales, returns and counts keeps stock as a plain model says', async () => {
  await using shop = await startCatalog();
  const { catalog, host, seller } = shop;
  const step = fc.oneof(
    fc.record({ do: fc.constant('reserve' as const), who: fc.nat(3), quantity: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constantFrom('commit' as const, 'release' as const), who: fc.nat(3) }),
    fc.record({ do: fc.constant('count' as const), onHand: fc.nat(8) }),
    fc.record({ do: fc.constant('expire' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const listing = await listingOf(shop, { onHand: 5 });
      const variantId = variantOf(listing);
      const ids = [0, 1, 2, 3].map(() => checkoutId());
      const holds = new Map<number, { quantity: number; state: string }>();
      let onHand = 5;
      const reserved = () =>
        [...holds.values()].reduce((sum, hold) => sum + (hold.state === 'held' ? hold.quantity : 0), 0);
      const ended = (hold: { quantity: number; state: string } | undefined, state: string) =>
        hold && Object.assign(hold, { state });
      for (const each of steps) {
        const call = async (): Promise<unknown> => {
          switch (each.do) {
            case 'reserve':
              return catalog.reserveStock(
                {
                  checkoutId: ids[each.who] ?? checkoutId(),
                  lines: [{ variantId, quantity: each.quantity }],
                  expiresInSeconds: 60,
                },
                host.service(),
              );
            case 'commit':
              return catalog.commitReservation(
                { checkoutId: ids[each.who] ?? checkoutId(), orderId: orderId() },
                host.service(),
              );
            case 'release':
              return catalog.releaseReservation({ checkoutId: ids[each.who] ?? checkoutId() }, host.service());
            case 'count':
              return catalog.setStock({ variantId, onHand: each.onHand }, seller);
            case 'expire':
              host.advance({ minutes: 2 });
              return host.runTimers();
          }
        };
        const works = await call().then(
          () => true,
          () => false,
        );
        if (each.do === 'expire') for (const hold of holds.values()) if (hold.state === 'held') ended(hold, 'expired');
        if (each.do === 'count') {
          assert.equal(works, each.onHand >= reserved());
          if (works) onHand = each.onHand;
        }
        if (each.do === 'reserve') {
          const hold = holds.get(each.who);
          const own = hold?.state === 'held' ? hold.quantity : 0;
          const isAllowed = hold?.state === 'committed' || onHand - reserved() + own >= each.quantity;
          assert.equal(works, isAllowed);
          if (works && hold?.state !== 'committed') holds.set(each.who, { quantity: each.quantity, state: 'held' });
        }
        if (each.do === 'release' || each.do === 'commit') {
          const hold = holds.get(each.who);
          if (works && each.do === 'release' && hold?.state === 'held') ended(hold, 'released');
          if (works && each.do === 'commit' && hold?.state !== 'committed') {
            onHand -= hold?.quantity ?? 0;
            ended(hold, 'committed');
          }
        }
        assert.deepEqual(await stockOf(shop, listing), { variants: [[onHand, reserved()]], free: onHand - reserved() });
      }
    }),
    { numRuns: 25 },
  );
});

test('selling out and coming back are announced, single sales are not', async () => {
  await using shop = await startCatalog();
  const { catalog, host } = shop;
  const listing = await listingOf(shop, { onHand: 2 });
  await host.deliver();
  const news = async () =>
    (
      await host
        .database('catalog')
        .read('bazaar')
        .rows<{ type: string; stock: boolean }>(
          sql`select envelope ->> 'type' as type, (envelope -> 'data' ->> 'isInStock')::boolean as stock from catalog.outbox order by id`,
        )
    ).map(({ type, stock }) => `${type} ${stock}`);
  const lines = [{ variantId: variantOf(listing), quantity: 1 }];
  const [first, second] = [checkoutId(), checkoutId()];
  await catalog.reserveStock({ checkoutId: first, lines }, host.service());
  assert.deepEqual(await news(), []);
  await catalog.reserveStock({ checkoutId: second, lines }, host.service());
  assert.deepEqual(await news(), ['stock.changed false']);
  await catalog.releaseReservation({ checkoutId: second }, host.service());
  assert.deepEqual(await news(), ['stock.changed false', 'stock.changed true']);
});
