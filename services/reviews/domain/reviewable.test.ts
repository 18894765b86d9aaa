import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '@plaza/kernel';
import { keptOf } from './reviewable.ts';
import { reviewerName } from './reviewer-name.ts';

const LAMP = newId('listing');

function group(given: { state?: string; isFinal?: boolean; total?: number; released?: number; returned?: number[] }) {
  const line = { listingId: LAMP, listingSlug: 'lamp', title: 'Lamp', imageUrl: null, quantity: 2 };
  return {
    state: given.state ?? 'completed',
    isFinal: given.isFinal ?? true,
    total: { amountMinor: given.total ?? 900 },
    released: { amountMinor: given.released ?? given.total ?? 900 },
    lines: (given.returned ?? [0]).map((refundedQuantity) => ({ ...line, refundedQuantity })),
  };
}

test('what its seller was paid for is reviewed, once a listing; what came back whole, or was never paid, is not', () => {
  const isReviewable = (given: Parameters<typeof group>[0]) => keptOf(group(given)).map((kept) => kept.isReviewable);
  for (const [given, expected] of [
    [{}, [true]],
    [{ isFinal: false }, []],
    [{ state: 'canceled', released: 0 }, [false]],
    [{ state: 'resolved', released: 300 }, [true]],
    [{ total: 0 }, [true]],
    [{ total: 0, state: 'canceled' }, [false]],
    [{ returned: [2] }, [false]],
    [{ returned: [1] }, [true]],
    [{ returned: [2, 0] }, [true]],
    [{ returned: [0, 2] }, [true]],
  ] as const)
    assert.deepEqual(isReviewable({ ...given } as Parameters<typeof group>[0]), expected, JSON.stringify(given));
});

test('a name is shortened, so that friends know it and strangers do not', () => {
  for (const [name, shown] of [
    ['Ada Lovelace', 'Ada L.'],
    ['  maría josé  garcía ', 'maría G.'],
    ['Ada', 'Ada'],
    ['ada.lovelace@example.com', 'ada.lovelace'],
    ['山田太郎', '山＊＊'],
    ['山田 太郎', '山＊＊'],
    ['สมชาย ใจดี', 'สมชาย ใ.'],
    ['', ''],
    ['@', ''],
    ['x'.repeat(80), 'x'.repeat(20)],
  ] as const)
    assert.equal(reviewerName(name), shown);
});
