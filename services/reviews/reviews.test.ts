import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Context, newId } from '@plaza/kernel';
import type { EndedGroup, Order } from '@plaza/orders/contract';
import { orderMoved, orderRefunded } from '@plaza/orders/events';
import { sql } from '@plaza/runtime';
import { BINDINGS, type Binding, startTestHost } from '@plaza/runtime/testing';
import type { reviewsContract } from './contract.ts';
import { reviewsService } from './index.ts';

const listingId = newId('listing');
const storeId = newId('store');

const idOf = ({ actor }: Context) => (actor.kind === 'member' ? actor.memberId : newId('member'));

/** Reviews alone: what orders and identity would answer is said here. */
async function startReviews(binding: Binding) {
  const sold = new Map<string, EndedGroup>();
  const clients = {
    identity: {
      getMembers: async ({ memberIds }: { memberIds: string[] }) => ({
        items: memberIds.map((id) => ({ id, displayName: 'Ada Lovelace', avatarUrl: null, email: 'ada@example.com' })),
      }),
    },
    orders: {
      listEndedGroups: async ({ orderId }: { orderId?: string }) => ({
        items: [...sold.values()].filter((group) => orderId === undefined || group.orderId === orderId),
        nextCursor: null,
      }),
    },
  };
  const host = await startTestHost([reviewsService], { binding, clients });
  const seller = host.context({ roles: ['seller'] });

  /** An order of the lamp comes to an end; `refunded` units of its one came back, or come back later. */
  async function sell(
    buyer: Context,
    given: { orderId?: Order['id']; refunded?: number; version?: number; isUnheard?: boolean } = {},
  ) {
    const { orderId = newId('order'), refunded = 0, version = 3, isUnheard = false } = given;
    const groupId = sold.get(orderId)?.id ?? newId('shipmentGroup');
    const line = { listingId, listingSlug: 'lamp', title: 'Lamp', imageUrl: null, quantity: 1 };
    const money = (amountMinor: number) => ({ amountMinor, currency: 'USD' });
    sold.set(orderId, {
      id: groupId,
      ...{ orderId, storeId, buyerMemberId: idOf(buyer), sellerMemberId: idOf(seller), version },
      state: 'completed',
      isFinal: true,
      endedTime: host.now().toISOString(),
      total: money(900),
      released: money(900 - 900 * refunded),
      lines: [{ ...line, refundedQuantity: refunded }],
    } as unknown as EndedGroup);
    if (isUnheard) return orderId;
    const face = {
      ...{ orderId, number: 'BA-1', buyerMemberId: idOf(buyer), email: null, locale: 'en', groupId, storeId },
      ...{ storeName: 'Old Light', sellerMemberId: idOf(seller), state: 'completed', version },
    };
    await host.database('reviews').transaction('bazaar', async (tx) => {
      if (refunded === 0) {
        const news = { ...face, action: 'accept', by: 'buyer' as const, isFinal: true, details: {} };
        await tx.announce(orderMoved, orderId, news);
      } else {
        const refund = { amountMinor: 900, currency: 'USD' as const };
        await tx.announce(orderRefunded, orderId, { ...face, refunded: refund, reason: 'broken' });
      }
    });
    await host.deliver();
    return orderId;
  }

  return {
    host,
    sell,
    seller,
    buyer: host.context({}),
    moderator: host.context({ roles: ['moderator'] }),
    reviews: host.client<typeof reviewsContract>('reviews'),
    [Symbol.asyncDispose]: () => host.close(),
  };
}

for (const binding of BINDINGS) {
  describe(`reviews, ${binding}`, () => {
    test('a buyer reviews what they kept, once a listing, and may change it for 30 days', async () => {
      await using started = await startReviews(binding);
      const { reviews, host, buyer, sell } = started;
      const orderId = await sell(buyer);
      const open = await reviews.listReviewablePurchases({ orderId }, buyer);
      assert.deepEqual(
        open.items.map(({ title, review }) => [title, review]),
        [['Lamp', null]],
      );
      const key = { ...buyer, idempotencyKey: 'once' };
      const written = { orderId, listingId, stars: 2, text: ' Dim.\nVery. ' };
      const review = await reviews.createReview(written, key);
      assert.deepEqual(await reviews.createReview(written, key), review);
      assert.deepEqual(
        [review.stars, review.text, review.reviewerName, review.version],
        [2, 'Dim.\nVery.', 'Ada L.', 1],
      );
      const again = { orderId: await sell(buyer), listingId, stars: 5 };
      await assert.rejects(reviews.createReview(again, buyer), {
        code: 'ALREADY_REVIEWED',
        data: { reviewId: review.id },
      });
      const stranger = host.context({});
      await assert.rejects(reviews.createReview(written, stranger), { code: 'REVIEWABLE_PURCHASE_NOT_FOUND' });
      await assert.rejects(reviews.updateReview({ reviewId: review.id, stars: 1 }, stranger), {
        code: 'REVIEW_NOT_FOUND',
        status: 404,
      });
      const change = { reviewId: review.id, stars: 4, text: null };
      const changed = await reviews.updateReview({ ...change, expectedVersion: 1 }, buyer);
      assert.deepEqual([changed.stars, changed.text, changed.version], [4, null, 2]);
      await assert.rejects(reviews.updateReview({ ...change, expectedVersion: 1 }, buyer), {
        code: 'VERSION_CONFLICT',
      });
      assert.deepEqual(await reviews.getRating({ listingId }, host.guest()), {
        count: 1,
        mean: 4,
        counts: [0, 0, 0, 1, 0],
      });
      host.advance({ hours: 24 * 30 });
      await assert.rejects(reviews.updateReview({ ...change, stars: 1 }, buyer), { code: 'REVIEW_CLOSED' });
      for (const text of ['', ' ', 'x'.repeat(4_001), 'bell \u0007'])
        await assert.rejects(reviews.createReview({ ...written, text }, buyer), { code: 'INVALID_INPUT' });
    });

    test('what came back whole cannot be reviewed; a review that was written before stays and counts', async () => {
      await using started = await startReviews(binding);
      const { reviews, host, buyer, sell, seller } = started;
      const other = host.context({});
      const orderId = await sell(buyer);
      await reviews.createReview({ orderId, listingId, stars: 1 }, buyer);
      await sell(buyer, { orderId, refunded: 1, version: 4 });
      assert.equal((await reviews.getRating({ listingId }, host.guest())).count, 1);
      assert.equal((await reviews.listReviewablePurchases({}, buyer)).items.length, 1);
      const returned = await sell(other);
      await sell(other, { orderId: returned, refunded: 1, version: 4 });
      await assert.rejects(reviews.createReview({ orderId: returned, listingId, stars: 1 }, other), {
        code: 'PURCHASE_GIVEN_BACK',
      });
      // News that come late change nothing.
      await sell(other, { orderId: returned, version: 3 });
      assert.deepEqual((await reviews.listReviewablePurchases({}, other)).items, []);
      // Nobody reviews what they sold to themselves.
      const own = await sell(seller);
      await assert.rejects(reviews.createReview({ orderId: own, listingId, stars: 5 }, seller), {
        code: 'REVIEWABLE_PURCHASE_NOT_FOUND',
      });
    });

    test('what ended before the service ran is learned once; what was not heard of yet can be reviewed at once', async () => {
      await using started = await startReviews(binding);
      const { reviews, host, buyer, sell, seller } = started;
      const before = await sell(buyer, { isUnheard: true });
      await sell(seller, { isUnheard: true });
      await host.runTimers('bazaar');
      const { items } = await reviews.listReviewablePurchases({}, buyer);
      assert.deepEqual(
        items.map(({ orderId }) => orderId),
        [before],
      );
      assert.deepEqual((await reviews.listReviewablePurchases({}, seller)).items, []);
      const stranger = host.context({});
      const unheard = await sell(stranger, { isUnheard: true });
      await host.runTimers('bazaar');
      assert.deepEqual((await reviews.listReviewablePurchases({}, stranger)).items, []);
      const review = { orderId: unheard, listingId, stars: 4 };
      await assert.rejects(reviews.createReview(review, buyer), { code: 'REVIEWABLE_PURCHASE_NOT_FOUND' });
      assert.equal((await reviews.createReview(review, stranger)).stars, 4);
    });

    test('buyers are asked once, some days later: not who has reviewed it, does not want it, or bought too long ago', async () => {
      await using started = await startReviews(binding);
      const { reviews, host, buyer, sell } = started;
      const [quick, unwilling] = [host.context({}), host.context({})];
      await sell(host.context({}), { isUnheard: true });
      host.advance({ days: 30 });
      await host.runTimers('bazaar');
      const asked = await sell(buyer);
      await reviews.createReview({ orderId: await sell(quick), listingId, stars: 5 }, quick);
      await sell(unwilling);
      assert.deepEqual(await reviews.getReviewQuestions({}, unwilling), { isWanted: true });
      await reviews.setReviewQuestions({ isWanted: false }, unwilling);
      assert.deepEqual(await reviews.setReviewQuestions({ isWanted: false }, unwilling), { isWanted: false });
      assert.deepEqual(await reviews.getReviewQuestions({}, unwilling), { isWanted: false });
      const questions = async () => {
        await host.runTimers('bazaar');
        const rows = await host.database('reviews').system((queries) =>
          queries.rows<{ order_id: string }>(sql`
              select envelope -> 'data' ->> 'orderId' as order_id from reviews.outbox
              where envelope ->> 'type' = 'review.asked'`),
        );
        return rows.map(({ order_id }) => order_id);
      };
      assert.deepEqual(await questions(), []);
      host.advance({ days: 5 });
      assert.deepEqual(await questions(), [asked]);
      host.advance({ days: 5 });
      assert.deepEqual(await questions(), [asked]);
    });

    test('a mail program ends the questions by the key in the mail, without anybody signed in, and nobody else’s', async () => {
      await using started = await startReviews(binding);
      const { reviews, host, buyer, sell } = started;
      const other = host.context({});
      await sell(buyer);
      await sell(other);
      host.advance({ days: 5 });
      await host.runTimers('bazaar');
      const keys = await host.database('reviews').system((queries) =>
        queries.rows<{ buyer: string; mail_key: string }>(sql`
          select envelope -> 'data' ->> 'buyerMemberId' as buyer, envelope -> 'data' ->> 'mailKey' as mail_key
          from reviews.outbox where envelope ->> 'type' = 'review.asked'`),
      );
      const mailKey = keys.find((row) => row.buyer === idOf(buyer))?.mail_key ?? '';
      const [route] = host.routes('reviews');
      const post = async (key: string) => {
        const url = `https://bazaar.example/unsubscribe/reviews/${key}`;
        const request = new Request(url, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
        return (await route?.handle(request, host.guest()))?.status;
      };
      const wanted = async () => [
        (await reviews.getReviewQuestions({}, buyer)).isWanted,
        (await reviews.getReviewQuestions({}, other)).isWanted,
      ];
      assert.equal(await post('no-key'), 404);
      assert.equal(await post(crypto.randomUUID()), 200);
      assert.deepEqual(await wanted(), [true, true]);
      assert.equal(await post(mailKey), 200);
      assert.deepEqual(await reviews.stopReviewQuestions({ mailKey }, host.guest()), { isDone: true });
      assert.deepEqual(await wanted(), [false, true]);
      await reviews.setReviewQuestions({ isWanted: true }, buyer);
      assert.deepEqual(await wanted(), [true, true]);
    });

    test('who sold it answers, and finds what is unanswered; another seller finds nothing', async () => {
      await using started = await startReviews(binding);
      const { reviews, host, buyer, sell, seller } = started;
      const { id: reviewId } = await reviews.createReview({ orderId: await sell(buyer), listingId, stars: 3 }, buyer);
      const other = host.context({ roles: ['seller'] });
      await assert.rejects(reviews.replyToReview({ reviewId, text: 'Mine?' }, other), { code: 'REVIEW_NOT_FOUND' });
      await assert.rejects(reviews.replyToReview({ reviewId, text: 'Mine?' }, buyer), { code: 'FORBIDDEN' });
      assert.deepEqual((await reviews.listStoreReviews({ storeId }, other)).items, []);
      const unanswered = { storeId, isUnanswered: true };
      assert.equal((await reviews.listStoreReviews(unanswered, seller)).items.length, 1);
      await reviews.replyToReview({ reviewId, text: 'Thank you' }, seller);
      const { reply } = await reviews.replyToReview({ reviewId, text: 'Thank you!' }, seller);
      assert.equal(reply?.text, 'Thank you!');
      assert.deepEqual((await reviews.listStoreReviews(unanswered, seller)).items, []);
      const [shown] = (await reviews.listReviews({ listingId }, host.guest())).items;
      assert.equal(shown?.reply?.text, 'Thank you!');
    });

    test('a moderator hides a review and shows it again; the rating of listing and store follow, versions grow', async () => {
      await using started = await startReviews(binding);
      const { reviews, host, buyer, sell, seller, moderator } = started;
      const { id: reviewId } = await reviews.createReview({ orderId: await sell(buyer), listingId, stars: 3 }, buyer);
      await assert.rejects(reviews.hideReview({ reviewId, reason: 'rude' }, seller), { code: 'FORBIDDEN' });
      const hidden = await reviews.hideReview({ reviewId, reason: 'rude' }, moderator);
      assert.deepEqual(await reviews.hideReview({ reviewId, reason: 'again' }, moderator), hidden);
      assert.deepEqual((await reviews.listReviews({ listingId }, host.guest())).items, []);
      assert.deepEqual(
        (await reviews.listAllReviews({ isHidden: true }, moderator)).items.map((each) => each.hiddenReason),
        ['rude'],
      );
      const changed = await reviews.updateReview({ reviewId, stars: 5 }, buyer);
      assert.equal(changed.state, 'hidden');
      assert.equal((await reviews.getStoreRating({ storeId }, host.guest())).count, 0);
      await reviews.showReview({ reviewId }, moderator);
      for (const rating of [
        await reviews.getRating({ listingId }, host.guest()),
        await reviews.getStoreRating({ storeId }, host.guest()),
      ])
        assert.deepEqual(rating, { count: 1, mean: 5, counts: [0, 0, 0, 0, 1] });
      const { version } = await host
        .database('reviews')
        .read('bazaar')
        .one<{ version: number }>(sql`select version from reviews.rating where subject = 'listing'`);
      assert.equal(version, 3);
    });

    test('many at once: every list pages in its order, and the counts are those of the reviews', async () => {
      await using started = await startReviews(binding);
      const { reviews, host, sell, moderator } = started;
      const given = [5, 3, 1, 4, 5, 2];
      const buyers = given.map(() => host.context({}));
      const orders: Order['id'][] = [];
      for (const buyer of buyers) orders.push(await sell(buyer));
      await Promise.all(
        given.map((stars, index) =>
          reviews.createReview({ orderId: orders[index] as Order['id'], listingId, stars }, buyers[index] as Context),
        ),
      );
      const walk = async (sort: 'newest' | 'highest' | 'lowest', stars?: number) => {
        const found: number[] = [];
        for (let cursor: string | undefined; ; ) {
          const more = { ...(cursor === undefined ? {} : { cursor }), ...(stars === undefined ? {} : { stars }) };
          const page = await reviews.listReviews({ listingId, sort, limit: 2, ...more }, host.guest());
          found.push(...page.items.map((each) => each.stars));
          if (page.nextCursor === null) return found;
          cursor = page.nextCursor;
        }
      };
      assert.deepEqual(await walk('highest'), [5, 5, 4, 3, 2, 1]);
      assert.deepEqual(await walk('lowest'), [1, 2, 3, 4, 5, 5]);
      assert.equal((await walk('newest')).length, 6);
      assert.deepEqual(await walk('newest', 5), [5, 5]);
      const { counts } = await reviews.getRating({ listingId }, host.guest());
      assert.deepEqual(counts, [1, 1, 1, 1, 2]);
      assert.equal((await reviews.listAllReviews({ listingId, limit: 4 }, moderator)).items.length, 4);
      const unrated = Array.from({ length: 99 }, () => newId('listing'));
      const cards = await reviews.listRatings({ listingId: [listingId, ...unrated] }, host.guest());
      assert.deepEqual(cards.items, [{ listingId, count: 6, mean: 3.33 }]);
      if (binding === 'local') {
        const statements = (ids: typeof unrated) =>
          host.countStatements(() => reviews.listRatings({ listingId: ids }, host.guest()));
        assert.equal(await statements(unrated), await statements(unrated.slice(0, 1)));
      }
      const elsewhere = { ...host.guest(), marketplaceId: 'jaikod' };
      assert.deepEqual((await reviews.listReviews({ listingId }, elsewhere)).items, []);
    });
  });
}
